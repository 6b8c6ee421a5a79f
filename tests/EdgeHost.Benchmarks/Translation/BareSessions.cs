using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Benchmarks.Translation;

/// <summary>Sessions of the host's engine and nothing around them: no pool, no schedule. Of one thread.</summary>
internal sealed class BareSessions(IInferenceEngine engine, IModelSource source) : IModelProvider, IDisposable
{
    private readonly List<IEngineSession> _sessions = [];

    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
    {
        var artifact = await source.ResolveAsync(model, cancellationToken);
        var session = await engine.LoadAsync(artifact, engine.GetDevices().First(static device => device.Kind == DeviceKind.Cpu), cancellationToken);
        _sessions.Add(session);
        return new Lease(artifact, session);
    }

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }

    private sealed class Lease(ModelArtifact artifact, IEngineSession session) : IModelLease
    {
        public ModelDescription Model { get; } = new()
        {
            Id = artifact.Id,
            Version = artifact.Version,
            Variant = artifact.Variant,
            Device = "cpu",
            DeviceKind = DeviceKind.Cpu,
            Inputs = session.Inputs,
            Outputs = session.Outputs,
        };

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => session.CreateValue(elementType, shape);

        public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
            => new(new StepResult(session.Run(step, cancellationToken), "cpu", TimeSpan.Zero, TimeSpan.Zero));

        public async ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
            => artifact.Files.TryGetValue(name, out var path) ? await File.ReadAllBytesAsync(path, cancellationToken) : throw new EdgeHostException(ErrorCode.NotFound, $"No file '{name}'.");

        public void Dispose()
        {
        }
    }
}
