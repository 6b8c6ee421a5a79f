using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>
/// ONNX Runtime as the engine. All sessions share one environment and one thread pool; models load one at a time, so that the memory a
/// load takes can be measured.
/// </summary>
internal sealed class OnnxEngine : IInferenceEngine, IDisposable
{
    private readonly OnnxEngineOptions _options;
    private readonly ILogger<OnnxEngine> _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Dictionary<string, int> _sessionsByProvider = new(StringComparer.Ordinal);
    private readonly List<string> _libraries = [];
    private OrtEnv? _environment;
    private IReadOnlyList<OnnxDevice>? _devices;

    public OnnxEngine(IOptions<OnnxEngineOptions> options, ILogger<OnnxEngine> logger)
    {
        _options = options.Value;
        _logger = logger;
    }

    /// <summary>Living sessions by execution provider. A provider's library must not go while one lives: its next run would end the process.</summary>
    internal IReadOnlyDictionary<string, int> SessionsByProvider
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_sessionsByProvider, StringComparer.Ordinal);
            }
        }
    }

    public IReadOnlyList<DeviceDescription> GetDevices() => [.. Open().Devices.Select(device => device.Description)];

    public async ValueTask<IEngineSession> LoadAsync(ModelArtifact artifact, DeviceDescription device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(device);
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Load(artifact, device, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void SelfTest(DeviceDescription device, CancellationToken cancellationToken) => Open();

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var library in _libraries)
            {
                if (_sessionsByProvider.Values.Any(static sessions => sessions > 0))
                {
                    _logger.LogWarning("The provider library {Library} stays registered: sessions are alive.", library);
                    continue;
                }

                _environment!.UnregisterExecutionProviderLibrary(library);
            }

            _libraries.Clear();
        }

        _loading.Dispose();
    }

    private OnnxSession Load(ModelArtifact artifact, DeviceDescription device, CancellationToken cancellationToken)
    {
        var (environment, devices) = Open();
        var target = devices.FirstOrDefault(candidate => candidate.Description.Id == device.Id)
            ?? throw new EdgeHostException(ErrorCode.Unavailable, $"The device '{device.Id}' is not on this machine.");
        var name = $"{artifact.Id}@{artifact.Version}";
        if (!File.Exists(artifact.GraphPath))
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The files of '{name}' are gone; run `edgehost models pull {artifact.Id}`.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var options = CreateOptions(environment, target);
        using var registration = cancellationToken.UnsafeRegister(static state => ((SessionOptions)state!).SetLoadCancellationFlag(true), options);
        var before = ProcessMemory.ResidentBytes;
        InferenceSession session;
        try
        {
            session = new InferenceSession(artifact.GraphPath, options);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            _logger.LogWarning(e, "ONNX Runtime refused {Model} on {Device}.", name, device.Id);
            throw OnnxErrors.AtLoad(e, name, target);
        }

        var resident = Plausible(ProcessMemory.ResidentBytes - before, Math.Max(artifact.SizeBytes, new FileInfo(artifact.GraphPath).Length));
        var provider = target.Description.Provider;
        Count(provider, 1);
        try
        {
            return new OnnxSession(session, name, target, resident, () => Count(provider, -1));
        }
        catch
        {
            session.Dispose();
            Count(provider, -1);
            throw;
        }
    }

    /// <summary>
    /// A measured growth within what the files make plausible: other work in the process allocates and frees meanwhile, and a heap that
    /// was large before hides a load completely.
    /// </summary>
    internal static long Plausible(long measured, long fileBytes) => Math.Clamp(measured, fileBytes, (4 * fileBytes) + (32L << 20));

    private static SessionOptions CreateOptions(OrtEnv environment, OnnxDevice device)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.DisablePerSessionThreads();
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        if (device.ProviderDevice is { } provider)
        {
            options.AppendExecutionProvider(environment, [provider], new Dictionary<string, string>(StringComparer.Ordinal));
        }

        return options;
    }

    private (OrtEnv Environment, IReadOnlyList<OnnxDevice> Devices) Open()
    {
        lock (_gate)
        {
            if (_environment is { } known && _devices is { } devices) return (known, devices);
            try
            {
                var environment = OnnxEnvironment.GetOrCreate(_options.IntraOpThreads);
                RegisterLibraries(environment);
                _devices = OnnxDeviceList.Read(environment, _options);
                _environment = environment;
                return (environment, _devices);
            }
            catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
            {
                _logger.LogError(e, "ONNX Runtime's native library cannot be loaded.");
                throw new EdgeHostException(ErrorCode.Unavailable, "ONNX Runtime's native library cannot be loaded; run `edgehost doctor`.", e);
            }
        }
    }

    private void RegisterLibraries(OrtEnv environment)
    {
        foreach (var library in _options.ProviderLibraries)
        {
            if (_libraries.Contains(library.Name)) continue;
            try
            {
                environment.RegisterExecutionProviderLibrary(library.Name, library.Path);
                _libraries.Add(library.Name);
            }
            catch (OnnxRuntimeException e)
            {
                // A driver that is missing must not take the processor away from everybody.
                _logger.LogError(e, "The provider library {Library} cannot be registered; its devices are not used.", library.Name);
            }
        }
    }

    private void Count(string provider, int change)
    {
        lock (_gate)
        {
            var count = _sessionsByProvider.GetValueOrDefault(provider) + change;
            if (count == 0) _sessionsByProvider.Remove(provider);
            else _sessionsByProvider[provider] = count;
        }
    }
}
