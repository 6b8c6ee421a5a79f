using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Http;

/// <summary>Writes server-sent events, each at once. Not thread-safe.</summary>
internal sealed class EventWriter(HttpContext context)
{
    private static readonly ReadOnlyMemory<byte> Start = "data: "u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Done = "data: [DONE]\n\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "\n\n"u8.ToArray();

    private readonly HttpResponse _response = context.Response;
    private readonly CancellationToken _aborted = context.RequestAborted;

    public async ValueTask WriteAsync<T>(T item, JsonTypeInfo<T> type)
    {
        if (!_response.HasStarted)
        {
            _response.ContentType = "text/event-stream";
            _response.Headers.CacheControl = "no-cache";
        }

        await _response.Body.WriteAsync(Start, _aborted).ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(_response.Body, item, type, _aborted).ConfigureAwait(false);
        await _response.Body.WriteAsync(End, _aborted).ConfigureAwait(false);
        await _response.Body.FlushAsync(_aborted).ConfigureAwait(false);
    }

    public async ValueTask CompleteAsync()
    {
        await _response.Body.WriteAsync(Done, _aborted).ConfigureAwait(false);
        await _response.Body.FlushAsync(_aborted).ConfigureAwait(false);
    }
}
