using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.TestKit.Onnx;

/// <summary>
/// Models straight over ONNX Runtime: one session a model, loaded at its first lease and kept until disposal; steps run on the calling
/// thread. No pool, budget, queue or scheduler: the baseline that the host's overhead is measured against, and what plugin tests use.
/// Thread-safe.
/// </summary>
public sealed class DirectModelProvider : IModelProvider, IDisposable
{
    private readonly IModelSource _source;
    private readonly int _threads;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, DirectModel> _models = new(StringComparer.Ordinal);

    /// <summary>Creates a provider.</summary>
    /// <param name="source">Where the files are; not disposed.</param>
    /// <param name="intraOpThreads">Threads of one step; ≥ 1.</param>
    public DirectModelProvider(IModelSource source, int intraOpThreads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intraOpThreads, 1);
        _source = source;
        _threads = intraOpThreads;
    }

    /// <inheritdoc/>
    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_models.TryGetValue(model, out var loaded))
            {
                _models[model] = loaded = await LoadAsync(model, cancellationToken).ConfigureAwait(false);
            }

            return new DirectModelLease(loaded);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => _source.ListAsync(task, cancellationToken);

    /// <summary>Unloads every model; no step may be running.</summary>
    public void Dispose()
    {
        foreach (var model in _models.Values)
        {
            model.Dispose();
        }

        _models.Clear();
        _gate.Dispose();
    }

    private async Task<DirectModel> LoadAsync(string id, CancellationToken cancellationToken)
    {
        var artifact = await _source.ResolveAsync(id, cancellationToken).ConfigureAwait(false);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = _threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new DirectModel(artifact, new InferenceSession(artifact.GraphPath, options));
    }
}
