namespace EdgeHost.Plugins.Translation.Training.Weights;

/// <summary>
/// A model's numbers by their names: <c>emb.weight</c> [pieces, width], <c>bias</c> [pieces], and of each layer (<c>enc.0</c>, <c>dec.0</c>) the
/// products <c>sa.q</c>, <c>sa.k</c>, <c>sa.v</c>, <c>sa.o</c>, <c>ca.*</c>, <c>f1</c>, <c>f2</c> as <c>.weight</c> [inputs, outputs] and <c>.bias</c>,
/// and the normalisations <c>n1</c>, <c>n2</c>, <c>n3</c>. Not thread-safe.
/// </summary>
internal sealed class ModelWeights
{
    /// <summary>The table of vectors.</summary>
    public const string Vectors = "emb.weight";

    /// <summary>What is added to the scores.</summary>
    public const string Bias = "bias";

    /// <summary>The bias of a piece that must never come out.</summary>
    public const float Never = -1e4f;

    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The numbers of a name.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there are none.</exception>
    public float[] this[string name]
    {
        get => _values.TryGetValue(name, out var values) ? values : throw new EdgeHostException(ErrorCode.NotFound, $"The model has no '{name}'; is it of the same sizes?");
        set => _values[name] = value;
    }

    /// <summary>The mean of several models of the same sizes.</summary>
    public static ModelWeights Mean(IReadOnlyList<ModelWeights> models)
    {
        var mean = new ModelWeights();
        foreach (var name in models[0]._values.Keys)
        {
            var sum = new double[models[0][name].Length];
            foreach (var model in models)
            {
                for (var i = 0; i < sum.Length; i++) sum[i] += model[name][i];
            }

            mean[name] = Array.ConvertAll(sum, value => (float)(value / models.Count));
        }

        return mean;
    }
}
