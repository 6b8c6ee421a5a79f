using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Text.Decoding;

/// <summary>
/// The decoder of an encoder-decoder model as Optimum exports it, either in one file with both branches (<c>use_cache_branch</c> bool [1]) or in two, the second of which takes
/// caches: <c>input_ids</c> int64 [rows, n], <c>past_key_values.{layer}.{decoder|encoder}.{key|value}</c> and what the encoder made in; <c>logits</c> float32
/// [rows, n, vocabulary] and <c>present.…</c> out. The caches stay on the device between steps. Not thread-safe.
/// </summary>
public sealed class CachedDecoder : IDisposable
{
    private const string Past = "past_key_values.";
    private const string Present = "present.";
    private const string OwnPart = ".decoder.";
    private const string Ids = "input_ids";
    private const string Branch = "use_cache_branch";
    private const string Logits = "logits";

    private readonly IModelLease _first;
    private readonly IModelLease _next;
    private readonly Dictionary<string, ModelValue> _given;
    private readonly List<ModelValue> _owned = [];
    private readonly string[] _pastNames;
    private readonly string[] _firstOutputs;
    private readonly string[] _nextOutputs;
    private readonly Dictionary<string, ModelValue> _caches = new(StringComparer.Ordinal);
    private readonly ModelValue? _useCache;
    private bool _hasBegun;

    /// <summary>Begins texts, one a row.</summary>
    /// <param name="first">The decoder; with a second one only the first step's. Stays the caller's.</param>
    /// <param name="next">The decoder of the later steps; null where the first has both branches. Stays the caller's.</param>
    /// <param name="given">What the decoder takes besides ids and caches by its name, such as <c>encoder_hidden_states</c>; the first axis is that of the rows. Stays the caller's,
    /// and alive as long as this.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model is no such decoder, and what is missing.</exception>
    public CachedDecoder(IModelLease first, IModelLease? next, params IReadOnlyList<NamedValue> given)
    {
        ArgumentNullException.ThrowIfNull(first);
        (_first, _next) = (first, next ?? first);
        _given = given.ToDictionary(static value => value.Name, static value => value.Value, StringComparer.Ordinal);
        Rows = (int)given[0].Value.Shape[0];
        _pastNames = [.. _next.Model.Inputs.Select(static input => input.Name).Where(static name => name.StartsWith(Past, StringComparison.Ordinal))];
        _firstOutputs = [Logits, .. _pastNames.Select(PresentOf)];

        // What the encoder said is the same in each step: the caches of the first one are kept.
        _nextOutputs = [.. _firstOutputs.Where(static name => name == Logits || name.Contains(OwnPart, StringComparison.Ordinal))];
        Check(_first.Model, _firstOutputs, next is null);
        if (next is not null) Check(_next.Model, _nextOutputs, hasBranch: false);
        if (next is not null) return;
        _useCache = first.CreateValue(ElementType.Bool, new TensorShape(1));
        foreach (var input in first.Model.Inputs.Where(static input => input.Name.StartsWith(Past, StringComparison.Ordinal)))
        {
            _caches[input.Name] = first.CreateValue(input.ElementType, EmptyShape(input.Shape));
        }
    }

    /// <summary>How many texts are written at once.</summary>
    public int Rows { get; private set; }

    /// <summary>Writes on: one step.</summary>
    /// <param name="tokens">What comes after the tokens so far, row by row, as many for each: the beginning in the first step, then the last token.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>How likely each token is to be next, as logits float32 [rows, n, vocabulary]; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask<ModelValue> StepAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken)
    {
        var lease = _hasBegun ? _next : _first;
        using var ids = lease.CreateValue(ElementType.Int64, new TensorShape(Rows, tokens.Length / Rows));
        var values = ids.AsSpan<long>();
        for (var i = 0; i < tokens.Length; i++) values[i] = tokens.Span[i];
        if (_useCache is not null) _useCache.AsSpan<bool>()[0] = _hasBegun;
        var outputs = _hasBegun ? _nextOutputs : _firstOutputs;
        var step = new ModelStep { Inputs = InputsOf(lease.Model, ids), Outputs = outputs, MayRunOnCallingThread = true };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        for (var i = 1; i < outputs.Length; i++)
        {
            var name = string.Concat(Past, outputs[i].AsSpan(Present.Length));
            _caches.GetValueOrDefault(name)?.Dispose();
            _caches[name] = result.Take(i);
        }

        _hasBegun = true;
        return result.Take(0);
    }

    /// <summary>Changes what the rows are: each goes on where another one, or itself, has come to.</summary>
    /// <param name="parents">For each row to be the row that it goes on from.</param>
    /// <param name="isSameSource">Whether each row goes on from one of the same source, so that only what was written differs; false if rows end or their order changes.</param>
    public void Select(ReadOnlySpan<int> parents, bool isSameSource)
    {
        if (parents.Length == Rows && IsIdentity(parents)) return;
        foreach (var name in _pastNames)
        {
            if (isSameSource && !name.Contains(OwnPart, StringComparison.Ordinal)) continue;
            var old = _caches[name];
            _caches[name] = Gather(old, parents);
            old.Dispose();
        }

        if (!isSameSource)
        {
            foreach (var (name, value) in _given.ToArray())
            {
                var own = Gather(value, parents);
                _given[name] = own;
                if (_owned.Remove(value)) value.Dispose();
                _owned.Add(own);
            }
        }

        Rows = parents.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _useCache?.Dispose();
        foreach (var cache in _caches.Values) cache.Dispose();
        foreach (var value in _owned) value.Dispose();
    }

    private static bool IsIdentity(ReadOnlySpan<int> parents)
    {
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] != i) return false;
        }

        return true;
    }

    private static string PresentOf(string past) => string.Concat(Present, past.AsSpan(Past.Length));

    private static EdgeHostException NoDecoder(ModelDescription model, string why)
        => new(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} is no decoder that keeps its state: {why}. Optimum exports one as decoder_model_merged.onnx, or as decoder_model.onnx and decoder_with_past_model.onnx.");

    private void Check(ModelDescription model, IEnumerable<string> outputs, bool hasBranch)
    {
        if (_pastNames.Length == 0) throw NoDecoder(model, "it takes no past_key_values");
        if (hasBranch && model.Inputs.All(static input => input.Name != Branch)) throw NoDecoder(model, $"it has no input '{Branch}'");
        if (model.Inputs.All(static input => input.Name != Ids)) throw NoDecoder(model, $"it has no input '{Ids}'");
        if (outputs.FirstOrDefault(name => model.Outputs.All(output => output.Name != name)) is { } missing) throw NoDecoder(model, $"it has no output '{missing}'");
        foreach (var input in model.Inputs)
        {
            var isKnown = input.Name is Ids or Branch || _given.ContainsKey(input.Name) || input.Name.StartsWith(Past, StringComparison.Ordinal);
            if (!isKnown) throw NoDecoder(model, $"nobody knows what its input '{input.Name}' is for");
        }
    }

    private NamedValue[] InputsOf(ModelDescription model, ModelValue ids)
    {
        var inputs = new NamedValue[model.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var name = model.Inputs[i].Name;
            inputs[i] = new NamedValue(name, name switch
            {
                Ids => ids,
                Branch => _useCache!,
                _ => _given.TryGetValue(name, out var given) ? given : _caches[name],
            });
        }

        return inputs;
    }

    private ModelValue Gather(ModelValue value, ReadOnlySpan<int> parents)
    {
        var dimensions = value.Shape.Dimensions.ToArray();
        dimensions[0] = parents.Length;
        var gathered = _next.CreateValue(value.ElementType, new TensorShape(dimensions));
        switch (value.ElementType)
        {
            case ElementType.Float32: Gather<float>(value, gathered, parents); break;
            case ElementType.Float16: Gather<Half>(value, gathered, parents); break;
            case ElementType.Int64: Gather<long>(value, gathered, parents); break;
            default: throw NoDecoder(_next.Model, $"its state is of {value.ElementType}");
        }

        return gathered;
    }

    private void Gather<T>(ModelValue from, ModelValue to, ReadOnlySpan<int> parents)
        where T : unmanaged
    {
        var source = from.AsSpan<T>();
        var target = to.AsSpan<T>();
        var row = source.Length / Rows;
        for (var i = 0; i < parents.Length; i++) source.Slice(parents[i] * row, row).CopyTo(target[(i * row)..]);
    }

    // No token yet.
    private TensorShape EmptyShape(TensorShape shape)
    {
        var dimensions = new long[shape.Rank];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = shape[i] >= 0 ? shape[i] : i == 0 ? Rows : 0;
        return new TensorShape(dimensions);
    }
}
