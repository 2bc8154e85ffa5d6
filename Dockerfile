# The dashboard, built with everything that development needs.
FROM node:26-slim AS dashboard
WORKDIR /vaka
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts
COPY gateway/protocol gateway/protocol
COPY dashboard dashboard
RUN npm run build

# What the gateway runs on; the optional packages are Node itself, which is here already.
FROM node:26-slim AS packages
WORKDIR /vaka
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:26-slim
WORKDIR /vaka
COPY package.json package-lock.json LICENSE ./
COPY broker broker
COPY gateway gateway
COPY simulators simulators
COPY --from=packages /vaka/node_modules node_modules
COPY --from=dashboard /vaka/dashboard/dist dashboard/dist
RUN install --directory --owner=node --group=node --mode=700 /data
ENV NODE_ENV=production VAKA_DATA_DIR=/data VAKA_HOST=0.0.0.0
USER node
VOLUME /data
EXPOSE 8080 1883 8883
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:8080/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process and ends by itself on SIGTERM; run with --init where something must reap for it.
ENTRYPOINT ["node", "gateway/main.ts"]
CMD ["serve"]
