using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks for one snapshot of the host: devices, queues, models, memory, apps. Cheap: reads counters and runs nothing.</summary>
[WireMessage]
public sealed partial class StatsRequest;
