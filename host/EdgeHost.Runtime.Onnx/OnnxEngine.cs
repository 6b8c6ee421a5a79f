using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Devices;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.Runtime.Onnx.Native;
using EdgeHost.Runtime.Onnx.Preparation;
using EdgeHost.Runtime.Onnx.SelfTest;
using EdgeHost.Runtime.Onnx.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>
/// ONNX Runtime as the engine. All sessions share one environment and one thread pool; on one device models load one at a time, so that the memory a
/// load takes can be measured, and a device that hangs in a load holds up no other.
/// </summary>
internal sealed class OnnxEngine : IInferenceEngine, IDisposable
{
    private readonly OnnxEngineOptions _options;
    private readonly ILogger<OnnxEngine> _logger;
    private readonly Lock _opening = new();
    private readonly ProviderLibraries _libraries;
    private readonly NativeMemoryMeter _meter = new();
    private readonly PreparingLoader _loader;
    private OpenedEngine? _opened;

    public OnnxEngine(IOptions<OnnxEngineOptions> options, TimeProvider time, ILogger<OnnxEngine> logger)
    {
        _options = options.Value;
        _logger = logger;
        _libraries = new ProviderLibraries(logger);
        var store = _options.PreparedFolder is { } folder ? new PreparedModelStore(folder, _options.PreparedMaximumBytes, time, logger) : null;
        _loader = new PreparingLoader(store, _meter, logger);
    }

    /// <summary>Living sessions by execution provider. A provider's library must not go while one lives: its next run would end the process.</summary>
    internal IReadOnlyDictionary<string, int> SessionsByProvider => _libraries.SessionsByProvider;

    /// <summary>What its loads are measured with.</summary>
    internal NativeMemoryMeter Meter => _meter;

    public IReadOnlyList<DeviceDescription> GetDevices() => [.. Open().Devices.Select(static device => device.Description)];

    public async ValueTask<IEngineSession> LoadAsync(ModelArtifact artifact, DeviceDescription device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(device);
        var opened = Open();
        var target = Find(opened, device);
        var loading = opened.Loading[target.Description.Id];
        await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        var load = Task.Run(
            () =>
            {
                try
                {
                    return Load(opened.Environment, artifact, target, cancellationToken);
                }
                finally
                {
                    loading.Release();
                }
            },
            CancellationToken.None);
        try
        {
            return await load.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // ONNX Runtime looks at the cancellation between the parts of a load; a device that hangs in one never does. The caller need not wait for it.
            _ = DisposeWhenLoadedAsync(load);
            throw;
        }
    }

    public void SelfTest(DeviceDescription device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        var opened = Open();
        var target = Find(opened, device);
        using var session = _libraries.CountSession(target.Description.Provider);
        DeviceSelfTest.Run(opened.Environment, target, cancellationToken);
    }

    public void Dispose() => _libraries.Dispose();

    private OnnxSession Load(OrtEnv environment, ModelArtifact artifact, OnnxDevice device, CancellationToken cancellationToken)
    {
        var name = $"{artifact.Id}@{artifact.Version}";
        if (!File.Exists(artifact.GraphPath))
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The files of '{name}' are gone; run `edgehost models pull {artifact.Id}`.");
        }

        // Counted first: the library must stay from the moment a session is being made.
        var counted = _libraries.CountSession(device.Description.Provider);
        InferenceSession? made = null;
        try
        {
            var graph = LoadGraph(environment, artifact, name, device, cancellationToken);
            made = graph.Session;
            var session = new OnnxSession(made, name, graph.Origin, device, _meter, counted.Dispose);
            session.SetFootprint(Measure(_meter.Read() - graph.MemoryBefore, artifact, session, graph));
            NativeHeap.Trim();
            return session;
        }
        catch
        {
            made?.Dispose();
            counted.Dispose();
            throw;
        }
    }

    /// <summary>Takes away what a load made after its caller had left.</summary>
    private async Task DisposeWhenLoadedAsync(Task<OnnxSession> load)
    {
        try
        {
            (await load.ConfigureAwait(false)).Dispose();
        }
        catch (OperationCanceledException)
        {
        }
        catch (EdgeHostException e)
        {
            _logger.LogDebug(e, "A load that was cancelled failed.");
        }
    }

    private LoadedGraph LoadGraph(OrtEnv environment, ModelArtifact artifact, string name, OnnxDevice device, CancellationToken cancellationToken)
    {
        try
        {
            return _loader.Load(environment, artifact, device, cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            _logger.LogWarning(e, "ONNX Runtime refused {Model} on {Device}.", name, device.Description.Id);
            if (OnnxErrors.IsOfTheModel(e, device) || !IsGoodForTheProcessor(environment, artifact)) throw OnnxErrors.ModelAtLoad(e, name);
            throw OnnxErrors.DeviceAtLoad(e, name, device);
        }
    }

    /// <summary>A device is not to be blamed for a file that nobody can load. Asked only after a failure; without optimising it is quick.</summary>
    private bool IsGoodForTheProcessor(OrtEnv environment, ModelArtifact artifact)
    {
        using var options = SessionOptionsFactory.Create(environment, Open().Devices[0]);
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        try
        {
            new InferenceSession(artifact.GraphPath, options).Dispose();
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    private static SessionFootprint Measure(long growth, ModelArtifact artifact, OnnxSession session, LoadedGraph graph)
    {
        // A mapped form's weights are no part of the heap, an original's are. The arena's free regions count as buffers, not here.
        var arena = session.LoadedArena;
        var file = new FileInfo(artifact.GraphPath).Length;
        var least = graph.MappedBytes > 0 ? arena.InUseBytes : Math.Max(arena.InUseBytes, file);
        var held = SessionFootprint.Plausible(growth - (arena.TotalBytes - arena.InUseBytes), least, Math.Max(artifact.SizeBytes, file));
        return new SessionFootprint(held, graph.MappedBytes);
    }

    private static OnnxDevice Find(OpenedEngine opened, DeviceDescription device)
        => opened.Devices.FirstOrDefault(candidate => candidate.Description.Id == device.Id)
            ?? throw new EdgeHostException(ErrorCode.Unavailable, $"The device '{device.Id}' is not on this machine.");

    private OpenedEngine Open()
    {
        if (Volatile.Read(ref _opened) is { } known) return known;
        lock (_opening)
        {
            if (_opened is { } opened) return opened;
            try
            {
                var environment = OnnxEnvironment.GetOrCreate(_options.IntraOpThreads);
                var byProvider = _libraries.Register(environment, _options.ProviderLibraries);
                opened = new OpenedEngine(environment, OnnxDeviceList.Read(environment, _options, byProvider));
                Volatile.Write(ref _opened, opened);
                return opened;
            }
            catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
            {
                _logger.LogError(e, "ONNX Runtime's native library cannot be loaded.");
                throw new EdgeHostException(ErrorCode.Unavailable, "ONNX Runtime's native library cannot be loaded; run `edgehost doctor`.", e);
            }
        }
    }

    private sealed record OpenedEngine(OrtEnv Environment, IReadOnlyList<OnnxDevice> Devices)
    {
        /// <summary>One load at a time, by device id.</summary>
        public Dictionary<string, SemaphoreSlim> Loading { get; } =
            Devices.ToDictionary(static device => device.Description.Id, static _ => new SemaphoreSlim(1, 1), StringComparer.Ordinal);
    }
}
