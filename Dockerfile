# Trede without Rasa: web, worker, actions, telegram and every other `trede` command. Rasa has nlu/Dockerfile.
FROM python:3.12-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
# The packages first: they change less often than our code, and this layer is kept.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-install-project --python 3.12
COPY . .
RUN uv sync --frozen --no-dev --python 3.12

FROM python:3.12-slim-bookworm
# The same number as in nlu/Dockerfile: both write to the volume with the models.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin trede \
    && install --directory --owner trede --group trede --mode 700 /data /data/models
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TREDE_DATA_DIR=/data \
    TREDE_HOST=0.0.0.0 \
    TREDE_ACTIONS_HOST=0.0.0.0 \
    TREDE_OPS_HOST=0.0.0.0 \
    TREDE_OPS_PORT=9000
WORKDIR /app
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["python", "/app/cli/probe.py"]
ENTRYPOINT ["trede"]
CMD ["web"]
