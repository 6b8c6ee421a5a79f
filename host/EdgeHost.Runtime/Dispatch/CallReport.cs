namespace EdgeHost.Runtime.Dispatch;

/// <summary>The truth about a finished call: what <c>$/info</c> tells whoever asked.</summary>
/// <param name="PluginId">Who served it.</param>
/// <param name="Device">The device of its last model step, or an empty string if it ran none.</param>
/// <param name="Why">Why that device, in words for a person.</param>
/// <param name="QueueTime">Time its steps waited for a device, summed.</param>
/// <param name="LoadTime">Time it waited for models to load, summed.</param>
/// <param name="RunTime">Time its steps ran, summed.</param>
/// <param name="Steps">Number of model steps.</param>
/// <param name="Batch">The largest batch a step of it was part of; 1 without batching.</param>
/// <param name="Models">The models it leased, as <c>id@version</c>, in order of first use.</param>
/// <param name="TotalTime">From dispatch to the end of the handler.</param>
public readonly record struct CallReport(
    string PluginId,
    string Device,
    string Why,
    TimeSpan QueueTime,
    TimeSpan LoadTime,
    TimeSpan RunTime,
    int Steps,
    int Batch,
    IReadOnlyList<string> Models,
    TimeSpan TotalTime)
{
    /// <summary>What feedback on its answer names, or null if none can be given.</summary>
    public string? CallId { get; init; }
}
