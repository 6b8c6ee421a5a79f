using System.Collections.Concurrent;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.TestKit;

/// <summary>Models that exist by name only. Thread-safe.</summary>
public sealed class SimulatedModelSource : IModelSource
{
    private readonly ConcurrentDictionary<string, ModelArtifact> _models = new(StringComparer.Ordinal);
    private int _resolutions;

    /// <summary>How often a model was asked for.</summary>
    public int Resolutions => Volatile.Read(ref _resolutions);

    /// <summary>Thrown in place of an answer while set.</summary>
    public EdgeHostException? Failure { get; set; }

    /// <summary>Adds a model; the last one added of an id is its current version.</summary>
    public SimulatedModelSource Add(
        string id,
        long sizeBytes = 1 << 20,
        string version = "1.0",
        long? estimatedMemoryBytes = null,
        IReadOnlyList<DeviceKind>? preferredDevices = null,
        IReadOnlyDictionary<string, string>? files = null,
        string task = "",
        IReadOnlyDictionary<string, string>? properties = null)
        => Add(new ModelArtifact
        {
            Id = id,
            Version = version,
            Variant = "fp32",
            GraphPath = $"{id}.onnx",
            GraphSha256 = new string('0', 64),
            Files = files ?? new Dictionary<string, string>(),
            SizeBytes = sizeBytes,
            EstimatedMemoryBytes = estimatedMemoryBytes,
            PreferredDevices = preferredDevices ?? [DeviceKind.Cpu],
            Task = task,
            Properties = properties ?? new Dictionary<string, string>(),
        });

    /// <summary>Adds a model; the last one added of an id is its current version.</summary>
    public SimulatedModelSource Add(ModelArtifact artifact)
    {
        _models[artifact.Id] = artifact;
        _models[$"{artifact.Id}@{artifact.Version}"] = artifact;
        return this;
    }

    public ValueTask<string?> FindTaskAsync(string model, CancellationToken cancellationToken)
        => new(_models.TryGetValue(model, out var artifact) && artifact.Task.Length > 0 ? artifact.Task : null);

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(
    [
        .. _models.Where(model => model.Key == model.Value.Id && model.Value.Task == task)
            .Select(model => new AvailableModel { Id = model.Value.Id, Version = model.Value.Version, IsInstalled = true, Properties = model.Value.Properties })
            .Order(AvailableModelOrder.Instance),
    ]);

    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _resolutions);
        if (Failure is { } failure) throw failure;
        return _models.TryGetValue(model, out var artifact)
            ? ValueTask.FromResult(artifact)
            : throw new EdgeHostException(ErrorCode.NotFound, $"There is no model '{model}'.");
    }
}
