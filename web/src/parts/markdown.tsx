import { Code, List, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

const NUMBERED = /^\d+\. +/u;
const BULLETED = /^- +/u;
const INLINE = /\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`/gu;

/**
 * As much of Markdown as the server's instructions use: paragraphs, lists, bold and code. Anything else stays as it was
 * written; no HTML is ever made of it.
 */
export function Markdown({ children }: { readonly children: string }) {
  return children.split(/\n{2,}/u).map((block) => <Block key={block} lines={block.split('\n')} />);
}

function Block({ lines }: { readonly lines: readonly string[] }) {
  const mark = [NUMBERED, BULLETED].find((mark) => lines.every((line) => mark.test(line)));
  if (mark === undefined)
    return (
      <Text size="sm" my={6}>
        {inline(lines.join(' '))}
      </Text>
    );
  return (
    <List size="sm" spacing={4} my={6} withPadding type={mark === NUMBERED ? 'ordered' : 'unordered'}>
      {lines.map((line) => (
        <List.Item key={line}>{inline(line.replace(mark, ''))}</List.Item>
      ))}
    </List>
  );
}

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const { strong, code } = match.groups!;
    parts.push(text.slice(end, match.index));
    parts.push(
      code === undefined ? <strong key={match.index}>{strong}</strong> : <Code key={match.index}>{code}</Code>,
    );
    end = match.index + match[0].length;
  }
  return [...parts.map((part, index) => <Fragment key={String(index)}>{part}</Fragment>), text.slice(end)];
}
