# docker build -t wayout . && docker run --rm -v "$PWD:/work:ro" wayout lint
FROM node:22-alpine AS build
WORKDIR /wayout
COPY package.json package-lock.json ./
# It is built below, once its sources are there.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run --silent build && npm prune --omit=dev

FROM node:22-alpine
COPY --from=build /wayout/package.json /wayout/LICENSE /wayout/
COPY --from=build /wayout/bin /wayout/bin
COPY --from=build /wayout/dist /wayout/dist
COPY --from=build /wayout/node_modules /wayout/node_modules
RUN ln -s /wayout/bin/wayout.js /usr/local/bin/wayout
USER node
WORKDIR /work
ENTRYPOINT ["wayout"]
CMD ["lint"]
