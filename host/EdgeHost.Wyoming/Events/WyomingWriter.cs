using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHost.Wyoming.Events;

/// <summary>Writes events, whole ones also when several write at once. Thread-safe.</summary>
internal sealed class WyomingWriter(Stream output) : IDisposable
{
    private const string Version = "1.5.2";
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes one.</summary>
    /// <param name="wyoming">The event.</param>
    /// <param name="cancellationToken">Stops waiting; what was begun is then of no use to the other side.</param>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async ValueTask WriteAsync(WyomingEvent wyoming, CancellationToken cancellationToken)
    {
        var data = wyoming.Data.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes<JsonNode>(wyoming.Data);
        var header = new JsonObject { ["type"] = wyoming.Type, ["version"] = Version };
        if (data.Length > 0) header["data_length"] = data.Length;
        if (wyoming.Payload.Length > 0) header["payload_length"] = wyoming.Payload.Length;
        var line = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(header);
        var frame = new byte[line.Length + 1 + data.Length + wyoming.Payload.Length];
        line.CopyTo(frame, 0);
        frame[line.Length] = (byte)'\n';
        data.CopyTo(frame, line.Length + 1);
        wyoming.Payload.CopyTo(frame.AsMemory(line.Length + 1 + data.Length));
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
