# syntax=docker/dockerfile:1

# A release gives this image with the digest that it has that day (.github/workflows/release.yml).
ARG NODE_IMAGE=node:24-slim

# Bundles the gateway and its packages into dist/; nothing else of this stage goes on.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY rolldown.config.ts ./
COPY scripts/third-party-notices.ts ./scripts/
COPY src ./src
RUN npm run build

# Only what runs: the packages are in dist/, and package.json has the version and the Node that it needs.
FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY package.json ./
COPY --from=build /app/dist ./dist
# Above 10000: no user of a host has this number. It needs no name, and owns no file.
USER 10001:10001
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PROBE_PORT || process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1, so that SIGTERM reaches it.
CMD ["node", "dist/main.js"]
