using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace EdgeHost.ModelStore.Tests.Sources;

/// <summary>A loopback HTTP server of one file that can misbehave, and a handler that leads https addresses to it.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly Task _loop;
    private readonly int _port;

    public FileServer(byte[] content)
    {
        Content = content;
        (_listener, _port) = Listen();
        _loop = ServeAsync();
    }

    public byte[] Content { get; set; }

    /// <summary>Where set: the files by their paths, in place of <see cref="Content"/> for all of them.</summary>
    public IReadOnlyDictionary<string, byte[]>? Files { get; init; }

    public string? ETag { get; set; } = "\"one\"";

    public bool SupportsRanges { get; set; } = true;

    /// <summary>Answers with this status instead of the file while it is set.</summary>
    public HttpStatusCode? Refuse { get; set; }

    /// <summary>How many more answers break off after <see cref="CutAfter"/> bytes.</summary>
    public int Cuts { get; set; }

    public int CutAfter { get; set; }

    /// <summary>Whether the server then keeps the connection open and silent instead of closing it.</summary>
    public bool GoesSilent { get; set; }

    /// <summary>Claims this length instead of the true one.</summary>
    public long? ClaimedLength { get; set; }

    public IReadOnlyList<Request> Requests => [.. _requests];

    public HttpMessageHandler CreateHandler() => new Redirect(_port);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // Not Stop first: closing a stopped listener binds its port once more, which another test may have by then.
        _listener.Close();
        await _loop;
        _stop.Dispose();
    }

    private static (HttpListener Listener, int Port) Listen()
    {
        // The listener cannot choose a free port itself.
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                await Task.WhenAll(answers);
                return;
            }

            answers.Add(AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;
        try
        {
            var range = context.Request.Headers["Range"];
            var condition = context.Request.Headers["If-Range"];
            _requests.Enqueue(new Request(context.Request.Url!.AbsolutePath, range, condition));
            var content = Files is null ? Content : Files.GetValueOrDefault(context.Request.Url.AbsolutePath);
            if (Refuse is not null || content is null)
            {
                response.StatusCode = (int)(Refuse ?? HttpStatusCode.NotFound);
                response.Close();
                return;
            }

            var from = 0;
            if (range is not null && SupportsRanges && (condition is null || condition == ETag))
            {
                from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
                response.StatusCode = 206;
                response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
            }

            if (ETag is not null) response.Headers["ETag"] = ETag;
            response.ContentLength64 = ClaimedLength ?? content.Length - from;
            if (Cuts > 0)
            {
                Cuts--;
                await response.OutputStream.WriteAsync(content.AsMemory(from, CutAfter), _stop.Token);
                await response.OutputStream.FlushAsync(_stop.Token);
                if (GoesSilent) await Task.Delay(Timeout.Infinite, _stop.Token);
                response.Abort();
                return;
            }

            await response.OutputStream.WriteAsync(content.AsMemory(from), _stop.Token);
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or OperationCanceledException or IOException or ObjectDisposedException or ProtocolViolationException or InvalidOperationException)
        {
            // The client went away, or the test is over.
            response.Abort();
        }
    }

    internal sealed record Request(string Path, string? Range, string? IfRange);

    private sealed class Redirect(int port) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("https", request.RequestUri!.Scheme);
            request.RequestUri = new Uri($"http://127.0.0.1:{port}{request.RequestUri.PathAndQuery}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
