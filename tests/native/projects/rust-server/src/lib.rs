//! An HTTP server on native threads, whose answers Python functions give.
//!
//! Connections live on tokio's threads, which hold no interpreter.  A thread takes one only while
//! it calls a handler: a plain function on a thread for such calls, a coroutine on the event loop
//! of asyncio, which Python runs.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

/// The most bytes of a body that are read.
const MOST_BODY: usize = 1 << 20;

/// How often a thread that waits for the end looks whether a signal came.
const LOOK: Duration = Duration::from_millis(50);

/// How long `stop` waits for handlers that run.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a handler gets.
#[pyclass(frozen, get_all)]
struct Request {
    method: String,
    path: String,
    body: Py<PyBytes>,
}

/// A function that answers, and whether it is a coroutine function.
struct Handler {
    function: Py<PyAny>,
    is_async: bool,
}

/// What all connections share.
struct Shared {
    handlers: HashMap<String, Handler>,
    event_loop: Py<PyAny>,
}

/// What Python calls when a coroutine is done; it hands the answer to the connection.
#[pyclass(frozen)]
struct Reply(Mutex<Option<oneshot::Sender<PyResult<Bytes>>>>);

#[pymethods]
impl Reply {
    fn __call__(&self, future: &Bound<'_, PyAny>) {
        let answer = future
            .call_method0("result")
            .and_then(|found| to_bytes(&found));
        if let Some(sender) = self.0.lock().unwrap().take() {
            // Nobody waits for the answer any more if the connection is gone.
            let _ = sender.send(answer);
        }
    }
}

fn to_bytes(answer: &Bound<'_, PyAny>) -> PyResult<Bytes> {
    if let Ok(text) = answer.extract::<String>() {
        return Ok(Bytes::from(text));
    }
    answer
        .extract::<&[u8]>()
        .map(Bytes::copy_from_slice)
        .map_err(|_| PyTypeError::new_err("a handler must return str or bytes"))
}

fn to_python(py: Python<'_>, method: String, path: String, body: &[u8]) -> PyResult<Py<Request>> {
    let body = PyBytes::new(py, body).unbind();
    Py::new(py, Request { method, path, body })
}

fn say(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
}

fn empty(status: StatusCode) -> Response<Full<Bytes>> {
    say(status, Bytes::new())
}

/// Answer one request with the handler of its path.
async fn answer(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let (method, path) = (head.method.to_string(), head.uri.path().to_owned());
    if !shared.handlers.contains_key(&path) {
        return Ok(empty(StatusCode::NOT_FOUND));
    }
    let Ok(body) = Limited::new(body, MOST_BODY).collect().await else {
        return Ok(empty(StatusCode::PAYLOAD_TOO_LARGE));
    };
    let body = body.to_bytes();

    let (sender, receiver) = oneshot::channel();
    let task = tokio::task::spawn_blocking(move || {
        Python::attach(|py| call(py, &shared, method, path, &body, sender))
    });
    if task.await.is_err() {
        return Ok(empty(StatusCode::INTERNAL_SERVER_ERROR));
    }
    Ok(match receiver.await {
        Ok(Ok(body)) => say(StatusCode::OK, body),
        Ok(Err(error)) => {
            // What a handler raises is told on stderr, and ends neither thread nor server.
            Python::attach(|py| error.write_unraisable(py, None));
            empty(StatusCode::INTERNAL_SERVER_ERROR)
        }
        Err(_) => empty(StatusCode::INTERNAL_SERVER_ERROR),
    })
}

/// Call the handler of *path*, or hand its coroutine to the event loop; `sender` gets the answer.
fn call(
    py: Python<'_>,
    shared: &Shared,
    method: String,
    path: String,
    body: &[u8],
    sender: oneshot::Sender<PyResult<Bytes>>,
) {
    let handler = &shared.handlers[&path];
    let result = to_python(py, method, path, body)
        .and_then(|request| handler.function.bind(py).call1((request,)));
    match result {
        Ok(coroutine) if handler.is_async => {
            let reply = Reply(Mutex::new(Some(sender)));
            // The sender is dropped if this fails, which the connection takes for a failure.
            if let Err(error) = submit(&coroutine, shared.event_loop.bind(py), reply) {
                error.write_unraisable(py, None);
            }
        }
        result => {
            let _ = sender.send(result.and_then(|found| to_bytes(&found)));
        }
    }
}

fn submit(
    coroutine: &Bound<'_, PyAny>,
    event_loop: &Bound<'_, PyAny>,
    reply: Reply,
) -> PyResult<()> {
    coroutine
        .py()
        .import("asyncio")?
        .call_method1("run_coroutine_threadsafe", (coroutine, event_loop))?
        .call_method1("add_done_callback", (reply,))?;
    Ok(())
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        // Too many open files, say: other connections end, and this one is tried again.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| answer(Arc::clone(&shared), request));
        // A client that breaks off is no fault of the server.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// A server that runs from its creation until `stop`.
#[pyclass(frozen)]
struct Server {
    #[pyo3(get)]
    port: u16,
    runtime: Mutex<Option<Runtime>>,
    stopped: Arc<(Mutex<bool>, Condvar)>,
}

#[pymethods]
impl Server {
    /// Listen at host and port, where 0 is any free one, with so many threads of each kind.
    ///
    /// handlers has by each path a function, and whether it is a coroutine function.
    #[new]
    fn new(
        handlers: HashMap<String, (Py<PyAny>, bool)>,
        event_loop: Py<PyAny>,
        host: &str,
        port: u16,
        threads: usize,
    ) -> PyResult<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(threads.max(1))
            .max_blocking_threads(threads.max(1))
            .thread_name("snow-cap")
            .enable_io()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((host, port)))?;
        let address: SocketAddr = listener.local_addr()?;
        let handlers = handlers
            .into_iter()
            .map(|(path, (function, is_async))| (path, Handler { function, is_async }))
            .collect();
        let shared = Shared {
            handlers,
            event_loop,
        };
        runtime.spawn(accept(listener, Arc::new(shared)));
        Ok(Self {
            port: address.port(),
            runtime: Mutex::new(Some(runtime)),
            stopped: Arc::default(),
        })
    }

    /// Block until another thread calls stop; other threads of Python run meanwhile.
    fn wait(&self, py: Python<'_>) -> PyResult<()> {
        let (stopped, bell) = &*self.stopped;
        loop {
            let done = py.detach(|| {
                let guard = stopped.lock().unwrap();
                *bell
                    .wait_timeout_while(guard, LOOK, |done| !*done)
                    .unwrap()
                    .0
            });
            if done {
                return Ok(());
            }
            py.check_signals()?;
        }
    }

    /// Close all connections and end the threads; a second time does nothing.
    fn stop(&self, py: Python<'_>) {
        // Nothing is locked while this waits for the interpreter, nor the other way round.
        let runtime = self.runtime.lock().unwrap().take();
        if let Some(runtime) = runtime {
            // Threads may wait for the interpreter to end a call.
            py.detach(|| runtime.shutdown_timeout(PATIENCE));
        }
        let (stopped, bell) = &*self.stopped;
        *stopped.lock().unwrap() = true;
        bell.notify_all();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // To wait for threads while the interpreter is held would wait for ever.
        if let Some(runtime) = self.runtime.get_mut().ok().and_then(Option::take) {
            runtime.shutdown_background();
        }
    }
}

/// The compiled part.
#[pymodule(gil_used = false)]
mod _server {
    #[pymodule_export]
    use super::{Request, Server};
}
