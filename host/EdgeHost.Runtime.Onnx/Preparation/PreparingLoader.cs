using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Devices;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.Runtime.Onnx.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>
/// Makes sessions: from the prepared form where there is one, else from the original, preparing it on the way. Thread-safe; the engine loads one model a
/// device at a time.
/// </summary>
/// <remarks>
/// For the processor the form is the graph after all optimisations in ONNX Runtime's own format, whose weights are read in place from the mapped file. All
/// includes the layouts for this processor's vectors: without them (EXTENDED) the form loads as fast but the text detector ran 1.25 times and the face
/// detector 1.8 times as long, since that format is not optimised again when it is loaded. Outputs are equal to the last bit. Measured, plain load of the
/// original against the form, ms: speech encoder 71, 12; speech decoder 350, 165; text recogniser 85, 55; text detector 75, 54; face detector 9, 3.
/// Private memory after the load, MB: 14.8, 6.6; 51.2, 16.1; 11.8, 4.7; 7.0, 0.9; 1.3, 0.2.
/// <para>
/// The session that made the form is not kept: it has the original's memory for as long as the model is resident. Loading the form at once makes the very
/// first load about twice as long (speech decoder 0.77 s) and all that follows better.
/// </para>
/// <para>
/// ONNX Runtime can also save prepacked weights, in a file beside a graph of the usual format, and map those. Private memory is less still (speech encoder
/// 1.4 MB, decoder 11.7, text recogniser 1.0), but that graph is parsed and checked anew: the text detector loads no faster than its original, the speech
/// encoder half as fast as from this form, the decoder alike. The way to go where memory is what matters most.
/// </para>
/// <para>For a provider the form is the graph with the nodes that it compiled (EPContext).</para>
/// </remarks>
internal sealed class PreparingLoader
{
    /// <summary>The format is a flat buffer with 31-bit offsets.</summary>
    private const long MostGraphBytes = 1900L << 20;

    /// <summary>Models known to have no prepared form; past that many all of it is forgotten, and they are tried again.</summary>
    private const int MostRefusals = 256;

    private readonly PreparedModelStore? _store;
    private readonly NativeMemoryMeter _meter;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _refusals = new(StringComparer.Ordinal);

    /// <param name="store">Where the forms are; null prepares nothing.</param>
    /// <param name="meter">Read before each session is made.</param>
    /// <param name="logger">Told why something was not prepared.</param>
    public PreparingLoader(PreparedModelStore? store, NativeMemoryMeter meter, ILogger logger)
    {
        _store = store;
        _meter = meter;
        _logger = logger;
    }

    /// <summary>Loads a model.</summary>
    /// <param name="environment">The one of the process.</param>
    /// <param name="artifact">The model's files.</param>
    /// <param name="device">Where it will run.</param>
    /// <param name="cancellationToken">Aborts the load.</param>
    /// <exception cref="OnnxRuntimeException">The original could not be loaded.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LoadedGraph Load(OrtEnv environment, ModelArtifact artifact, OnnxDevice device, CancellationToken cancellationToken)
    {
        if (_store is null) return LoadOriginal("preparing is off");
        if (artifact.IsPassing) return LoadOriginal("loaded to be looked at");
        if (Math.Max(artifact.SizeBytes, new FileInfo(artifact.GraphPath).Length) > MostGraphBytes) return LoadOriginal("too large to prepare");
        var key = PreparedModelKey.Create(artifact, device, environment.GetVersionString());
        if (FindRefusal(key) is { } refusal) return LoadOriginal(refusal);
        if (_store.Find(key) is { } known)
        {
            if (TryLoadForm(known) is { } loaded) return loaded;

            // A device that is down refuses a good form too; then the original fails as well, and the form stays.
            if (device.ProviderDevice is not null)
            {
                var original = LoadOriginal("the prepared form could not be loaded");
                _store.Remove(key);
                return original;
            }

            _store.Remove(key);
        }

        if (Prepare() is { } problem)
        {
            var original = LoadOriginal(problem);

            // The model is good, so it is the preparing that does not work for it. A model that is not was never known here.
            Refuse(key, problem);
            return original;
        }

        if (_store.Find(key) is { } form && TryLoadForm(form) is { } prepared) return prepared;
        const string Unloadable = "the prepared form could not be loaded";
        var fallback = LoadOriginal(Unloadable);

        // A form that fails when it is new would fail every time, as one whose weights lie in files that were not moved along.
        _store.Remove(key);
        Refuse(key, Unloadable);
        return fallback;

        LoadedGraph LoadOriginal(string reason)
        {
            using var options = SessionOptionsFactory.Create(environment, device);
            var before = _meter.Read();
            var session = Guarded(options, () => new InferenceSession(artifact.GraphPath, options), cancellationToken);
            return new LoadedGraph(session, $"original ({reason})", 0, before);
        }

        LoadedGraph? TryLoadForm(string path)
        {
            using var options = SessionOptionsFactory.Create(environment, device);
            if (key.IsForProcessor)
            {
                options.AddSessionConfigEntry("session.load_model_format", "ORT");
                options.AddSessionConfigEntry("session.use_memory_mapped_ort_model", "1");
                options.AddSessionConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
            }

            var before = _meter.Read();
            try
            {
                var session = Guarded(options, () => new InferenceSession(path, options), cancellationToken);
                return new LoadedGraph(session, "prepared", key.IsForProcessor ? new FileInfo(path).Length : 0, before);
            }
            catch (OnnxRuntimeException e)
            {
                _logger.LogWarning(e, "ONNX Runtime refused the prepared form of {Model} on {Device}.", artifact.Id, device.Description.Id);
                return null;
            }
        }

        string? Prepare()
        {
            if (_store.TryBegin(key, out var unwritable) is not { } draft) return unwritable;
            try
            {
                using var options = SessionOptionsFactory.Create(environment, device);
                if (key.IsForProcessor) Optimise(options, artifact, draft, cancellationToken);
                else Compile(options, artifact, draft, cancellationToken);
                return _store.Publish(draft);
            }
            catch (OnnxRuntimeException e)
            {
                _logger.LogInformation(e, "{Model} cannot be prepared for {Device}.", artifact.Id, device.Description.Id);
                return $"it cannot be prepared: {OnnxErrors.Name(e.Message)}";
            }
            finally
            {
                _store.Discard(draft);
            }
        }
    }

    private static void Optimise(SessionOptions options, ModelArtifact artifact, PreparedModelDraft draft, CancellationToken cancellationToken)
    {
        // Written while the session is made.
        options.OptimizedModelFilePath = draft.FormPath;
        options.AddSessionConfigEntry("session.save_model_format", "ORT");
        Guarded(options, () => new InferenceSession(artifact.GraphPath, options), cancellationToken).Dispose();
    }

    private static void Compile(SessionOptions options, ModelArtifact artifact, PreparedModelDraft draft, CancellationToken cancellationToken)
    {
        using var compilation = new OrtModelCompilationOptions(options);
        compilation.SetInputModelPath(artifact.GraphPath);
        compilation.SetOutputModelPath(draft.FormPath);
        compilation.SetEpContextEmbedMode(true);
        compilation.SetFlags(OrtCompileApiFlags.ERROR_IF_NO_NODES_COMPILED);
        Guarded(
            options,
            () =>
            {
                compilation.CompileModel();
                return true;
            },
            cancellationToken);
    }

    private static T Guarded<T>(SessionOptions options, Func<T> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = cancellationToken.UnsafeRegister(static state => ((SessionOptions)state!).SetLoadCancellationFlag(true), options);
        try
        {
            return load();
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private string? FindRefusal(PreparedModelKey key)
    {
        lock (_gate)
        {
            return _refusals.GetValueOrDefault(key.FolderName);
        }
    }

    private void Refuse(PreparedModelKey key, string reason)
    {
        lock (_gate)
        {
            if (_refusals.Count >= MostRefusals) _refusals.Clear();
            _refusals[key.FolderName] = reason;
        }
    }
}
