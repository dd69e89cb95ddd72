# JupyterLab with the kernel, from a wheel that script/wheel has built:
#   script/wheel && docker build -t transfergraph . && docker run --rm -p 8888:8888 transfergraph
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/* && useradd --create-home jovyan
ENV VIRTUAL_ENV=/opt/jupyter PATH=/opt/jupyter/bin:$PATH
COPY build/wheel/*.whl /tmp/wheel/
RUN python3 -m venv /opt/jupyter && pip install --no-cache-dir jupyterlab /tmp/wheel/*.whl && rm -r /tmp/wheel
USER jovyan
WORKDIR /home/jovyan
COPY --chown=jovyan notebooks notebooks
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "--notebook-dir=notebooks"]
