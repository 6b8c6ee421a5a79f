using System.Numerics.Tensors;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Decoding;

/// <summary>
/// The decoder of an encoder-decoder model in one file with both branches, as Optimum exports it: <c>input_ids</c> int64 [1, n], <c>encoder_hidden_states</c>,
/// <c>use_cache_branch</c> bool [1], <c>past_key_values.{layer}.{decoder|encoder}.{key|value}</c> in; <c>logits</c> float32 [1, n, vocabulary] and <c>present.…</c> out. The
/// caches stay on the device between steps. One for each text; not thread-safe.
/// </summary>
internal sealed class CachedDecoder : IDisposable
{
    private const string Past = "past_key_values.";
    private const string Present = "present.";
    private const string OwnPart = ".decoder.";

    private readonly IModelLease _lease;
    private readonly ModelValue _hidden;
    private readonly string[] _pastNames;
    private readonly string[] _firstOutputs;
    private readonly string[] _nextOutputs;
    private readonly Dictionary<string, ModelValue> _caches = new(StringComparer.Ordinal);
    private readonly ModelValue _useCache;
    private bool _hasBegun;

    /// <summary>Begins a text.</summary>
    /// <param name="lease">The decoder; stays the caller's.</param>
    /// <param name="hidden">What the encoder made; stays the caller's.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model is no such decoder, and what is missing.</exception>
    public CachedDecoder(IModelLease lease, ModelValue hidden)
    {
        (_lease, _hidden) = (lease, hidden);
        var model = lease.Model;
        foreach (var name in (ReadOnlySpan<string>)["input_ids", "encoder_hidden_states", "use_cache_branch"])
        {
            if (model.Inputs.All(input => input.Name != name)) throw NoDecoder(model, $"it has no input '{name}'");
        }

        _pastNames = [.. model.Inputs.Select(static input => input.Name).Where(static name => name.StartsWith(Past, StringComparison.Ordinal))];
        _firstOutputs = ["logits", .. _pastNames.Select(PresentOf)];
        if (_firstOutputs.FirstOrDefault(name => model.Outputs.All(output => output.Name != name)) is { } missing) throw NoDecoder(model, $"it has no output '{missing}'");

        // What the encoder said is the same in each step: the caches of the first one are kept.
        _nextOutputs = [.. _firstOutputs.Where(static name => name == "logits" || name.Contains(OwnPart, StringComparison.Ordinal))];
        _useCache = lease.CreateValue(ElementType.Bool, new TensorShape(1));
        foreach (var input in model.Inputs.Where(static input => input.Name.StartsWith(Past, StringComparison.Ordinal)))
        {
            _caches[input.Name] = lease.CreateValue(input.ElementType, EmptyShape(input.Shape));
        }
    }

    /// <summary>Writes on: one step.</summary>
    /// <param name="tokens">What comes after the tokens so far: the beginning in the first step, then the last token.</param>
    /// <param name="candidates">The token is one of the first so many; the vocabulary's size for any.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>The likeliest next token.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask<int> StepAsync(ReadOnlyMemory<int> tokens, int candidates, CancellationToken cancellationToken)
    {
        using var ids = _lease.CreateValue(ElementType.Int64, new TensorShape(1, tokens.Length));
        for (var i = 0; i < tokens.Length; i++) ids.AsSpan<long>()[i] = tokens.Span[i];
        _useCache.AsSpan<bool>()[0] = _hasBegun;
        var outputs = _hasBegun ? _nextOutputs : _firstOutputs;
        var step = new ModelStep
        {
            Inputs =
            [
                new NamedValue("input_ids", ids), new NamedValue("encoder_hidden_states", _hidden), new NamedValue("use_cache_branch", _useCache),
                .. _pastNames.Select(name => new NamedValue(name, _caches[name])),
            ],
            Outputs = outputs,
            MayRunOnCallingThread = true,
        };
        using var result = await _lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        for (var i = 1; i < outputs.Length; i++)
        {
            var name = string.Concat(Past, outputs[i].AsSpan(Present.Length));
            _caches[name].Dispose();
            _caches[name] = result.Take(i);
        }

        _hasBegun = true;
        return Likeliest(result[0], tokens.Length, candidates);
    }

    public void Dispose()
    {
        _useCache.Dispose();
        foreach (var cache in _caches.Values) cache.Dispose();
    }

    private static int Likeliest(ModelValue logits, int tokens, int candidates)
    {
        var all = logits.AsSpan<float>();
        var last = all[(all.Length / tokens * (tokens - 1))..];
        return TensorPrimitives.IndexOfMax(last[..Math.Min(candidates, last.Length)]);
    }

    private static string PresentOf(string past) => string.Concat(Present, past.AsSpan(Past.Length));

    // One text; no token yet.
    private static TensorShape EmptyShape(TensorShape shape)
    {
        var dimensions = new long[shape.Rank];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = shape[i] >= 0 ? shape[i] : i == 0 ? 1 : 0;
        return new TensorShape(dimensions);
    }

    private static EdgeHostException NoDecoder(ModelDescription model, string why)
        => new(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} is no decoder with both branches in one file: {why}. Optimum exports one as decoder_model_merged.onnx.");
}
