using System.Diagnostics.Metrics;

namespace EdgeHost.Ipc.Server;

/// <summary>What the socket server counts.</summary>
internal sealed class IpcMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "EdgeHost.Ipc";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<int> _connections;
    private readonly UpDownCounter<int> _callsInFlight;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _bytes;
    private readonly UpDownCounter<int> _regions;
    private readonly UpDownCounter<long> _regionBytes;

    public IpcMetrics()
    {
        _connections = _meter.CreateUpDownCounter<int>("edgehost.ipc.connections", "{connection}", "Open connections.");
        _callsInFlight = _meter.CreateUpDownCounter<int>("edgehost.ipc.calls_in_flight", "{call}", "Calls being served.");
        _calls = _meter.CreateCounter<long>("edgehost.ipc.calls", "{call}", "Calls answered, by code.");
        _bytes = _meter.CreateCounter<long>("edgehost.ipc.bytes", "By", "Bytes of closed connections, by direction.");
        _regions = _meter.CreateUpDownCounter<int>("edgehost.ipc.regions", "{region}", "Shared-memory regions.");
        _regionBytes = _meter.CreateUpDownCounter<long>("edgehost.ipc.region_bytes", "By", "Bytes of shared-memory regions.");
    }

    public void RegionOpened(long bytes)
    {
        _regions.Add(1);
        _regionBytes.Add(bytes);
    }

    public void RegionClosed(long bytes)
    {
        _regions.Add(-1);
        _regionBytes.Add(-bytes);
    }

    public void ConnectionOpened() => _connections.Add(1);

    public void ConnectionClosed(long received, long sent)
    {
        _connections.Add(-1);
        _bytes.Add(received, new KeyValuePair<string, object?>("direction", "received"));
        _bytes.Add(sent, new KeyValuePair<string, object?>("direction", "sent"));
    }

    public void CallBegan() => _callsInFlight.Add(1);

    public void CallEnded(string code)
    {
        _callsInFlight.Add(-1);
        _calls.Add(1, new KeyValuePair<string, object?>("code", code));
    }

    public void Dispose() => _meter.Dispose();
}
