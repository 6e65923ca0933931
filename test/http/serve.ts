import type { Server } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import { onTestFinished } from 'vitest';
import { createHttpServer, listen } from '../../src/http/server.ts';

/** A running server for one test: its URL, and itself. */
export interface Served {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
}

/** Serves an app that `mount` fills, on any free port, until the test ends. */
export async function serve(mount: (app: Express) => void): Promise<Served> {
  const app = express();
  mount(app);
  const server = createHttpServer(app);
  const url = await listen(server, 0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url, port: Number(new URL(url).port), server };
}

/** Sends bytes as they are and resolves to all that comes back until the server hangs up. */
export function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
