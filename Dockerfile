# A small image of the server and the `rollcall` command. Nothing in it is written to: run it with a read-only root.
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
RUN npm run -s build

FROM node:26-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
# The only install scripts that are allowed belong to development.
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts

FROM node:26-bookworm-slim
WORKDIR /app
COPY --from=libraries /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
# For an SQLite file, where there is no PostgreSQL.
RUN mkdir /data && chown node:node /data && ln -s /app/dist/cli.js /usr/local/bin/rollcall
VOLUME /data
USER node
ENV HOST=0.0.0.0 PORT=4000 DATABASE_URL=sqlite:/data/rollcall.db
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which keeps signals to itself.
CMD ["node", "dist/main.js"]
