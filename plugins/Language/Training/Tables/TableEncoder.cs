using System.Numerics.Tensors;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>An encoder with its head: trains it, and judges with it. Not thread-safe.</summary>
internal sealed class TableEncoder : IDisposable
{
    private readonly TableSettings _settings;
    private readonly TableShape[] _tables;
    private readonly (int Words, int Pieces) _rows;
    private readonly TrainingStep _step;
    private readonly int _seed;

    /// <summary>Creates one with first values.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="wordRows">Rows of the table of words.</param>
    /// <param name="pieceRows">Rows of the table of pieces.</param>
    /// <param name="seed">What first values and dropout are drawn from.</param>
    public TableEncoder(TableSettings settings, int wordRows, int pieceRows, int seed)
    {
        (_settings, _rows, _seed) = (settings, (wordRows, pieceRows), seed);
        (var network, _tables) = Create(settings, wordRows, pieceRows);
        _step = new TrainingStep(
            network,
            new AdamW { WeightDecay = settings.Decay },
            new StepOptions { BatchSize = settings.Batch, ClipNorm = 1, Seed = (ulong)seed });

        // Sums begin with nothing, so that rare words have no say at first.
        if (settings.Kind == EncoderKind.Sums) foreach (var table in _tables) Values(table.Name).Clear();
    }

    /// <summary>The tables of words and of pieces.</summary>
    public IReadOnlyList<TableShape> Tables => _tables;

    /// <summary>The head's weights of the encoder's own features, a row a feature.</summary>
    public ReadOnlySpan<float> HeadWeights
        => Values(TableNetwork.HeadWeight).Slice(_settings.Part * _settings.Features * TableSettings.Sums, _settings.Features * TableSettings.Sums);

    /// <summary>Features of a text, for one language.</summary>
    public int Features => _settings.Features;

    /// <summary>Numbers that are trained.</summary>
    public int ParameterCount => _step.ParameterCount;

    /// <summary>The names of its parameters.</summary>
    public IEnumerable<string> Names => _step.Parameters.Select(parameter => parameter.Name);

    /// <summary>The values of a parameter.</summary>
    public Span<float> Values(string name) => _step.Values(Find(name));

    /// <summary>What the head adds for a label: its bias, and the weight of the 1.</summary>
    public float BiasOf(int label) => HeadWeights[^(TableSettings.Sums - label)] + Values(TableNetwork.HeadBias)[label];

    /// <summary>Three shares a text.</summary>
    public float[] Judge(TableTexts texts, IReadOnlyList<TableText> windows) => Judge(texts.ForTexts(Encode(windows)), Values(TableNetwork.HeadWeight), Values(TableNetwork.HeadBias));

    /// <summary>
    /// Lets the linear part begin with the naive Bayes weights of words and pieces (Wang and Manning, 2012): the logarithm of how much
    /// likelier each tone is where they occur, drawn to 0 where they are rare.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="targets">Three shares a text.</param>
    public void SetPriors(IReadOnlyList<TableText> texts, float[] targets)
    {
        var share = _settings.PriorShare;
        if (share == 0) return;
        SetPriors(_tables[0], Encoders.Vocabulary.FirstWord, [.. texts.Select(text => text.Words)], targets, share);
        SetPriors(_tables[1], 1, [.. texts.Select(text => text.Pieces)], targets, share);
        var head = Values(TableNetwork.HeadWeight);
        var first = (((_settings.Part + 1) * _settings.Features) - 1 - TableSettings.Sums) * TableSettings.Sums;
        for (var i = 0; i < TableSettings.Sums * TableSettings.Sums; i++) head[first + i] = i % (TableSettings.Sums + 1) == 0 ? 1 : 0;
    }

    /// <summary>Lets parameters begin with values of a model that has some of the same names; rows of tables are found by what they stand for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">For each table, in their order, the model's row for each of its rows; -1 where there is none.</param>
    public void BeginWith(ModelProto model, params ReadOnlySpan<int[]> rows)
    {
        var tensors = model.Graph!.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var name in Names.Where(tensors.ContainsKey))
        {
            var (from, table) = (tensors[name].ToArray<float>(), Array.FindIndex(_tables, table => table.Name == name));
            var to = Values(name);
            if (table < 0) from.CopyTo(to);
            else CopyRows(from, to, rows[table], _tables[table].Width);
        }
    }

    /// <summary>The same encoder for windows of another length.</summary>
    public TableEncoder WithLength(int length)
    {
        var other = new TableEncoder(_settings with { Length = length }, _rows.Words, _rows.Pieces, _seed);
        foreach (var name in Names) Values(name).CopyTo(other.Values(name));
        return other;
    }

    /// <summary>Trains.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="targets">Three shares a text.</param>
    /// <param name="report">Told now and then.</param>
    public async Task TrainAsync(IReadOnlyList<TableText> texts, float[] targets, Action<TrainingProgress> report)
    {
        var steps = (long)(_settings.Rounds * texts.Count / _settings.Batch);
        var data = new TableData(texts, targets, _settings, _seed);
        var options = new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = _settings.Rate, WarmUpSteps = Math.Max(1, steps / 20), CosineSteps = steps },
            ReportEvery = Math.Max(1, steps / 4),
        };
        using var run = new TrainingRun(_step, data, options);
        await run.RunAsync(new Listener(report), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The features of texts.</summary>
    public float[] Encode(IReadOnlyList<TableText> texts)
    {
        using var evaluation = new EvaluationStep(_step);
        var data = new TableData(texts, new float[texts.Count * TableSettings.Sums], _settings, null);
        var width = (int)evaluation.OutputShape[1];
        var features = new float[texts.Count * width];
        var examples = new int[_settings.Batch];
        for (var first = 0; first < texts.Count; first += examples.Length)
        {
            for (var i = 0; i < examples.Length; i++) examples[i] = (first + i) % texts.Count;
            data.Fill(examples, evaluation.Batch);
            evaluation.Run();
            evaluation.Outputs[..(Math.Min(examples.Length, texts.Count - first) * width)].CopyTo(features.AsSpan(first * width));
        }

        return features;
    }

    /// <summary>Three shares for each row of features.</summary>
    public static float[] Judge(ReadOnlySpan<float> features, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        const int Labels = TableSettings.Sums;
        var width = weight.Length / Labels;
        var shares = new float[features.Length / width * Labels];
        for (var row = 0; row < shares.Length / Labels; row++)
        {
            var own = shares.AsSpan(row * Labels, Labels);
            bias.CopyTo(own);
            for (var i = 0; i < width; i++) TensorPrimitives.MultiplyAdd(weight.Slice(i * Labels, Labels), features[(row * width) + i], own, own);
            TensorPrimitives.SoftMax(own, own);
        }

        return shares;
    }

    /// <inheritdoc/>
    public void Dispose() => _step.Dispose();

    private static (Network Network, TableShape[] Tables) Create(TableSettings settings, int words, int pieces) => settings.Kind switch
    {
        EncoderKind.Sums => (LinearNetwork.Create(settings, words, pieces), [new(LinearNetwork.Words, TableSettings.Sums), new(LinearNetwork.Pieces, TableSettings.Sums)]),
        _ => (
            CharacterNetwork.CreateEncoder(settings, words, pieces),
            [new(CharacterNetwork.Words, new CharacterSettings().Width), new(CharacterNetwork.Pieces, new CharacterSettings().PieceWidth)]),
    };

    private void SetPriors(TableShape table, int firstRow, List<int[]> rows, float[] targets, float share)
    {
        const int Labels = TableSettings.Sums;
        const double Doubt = 5;
        var values = Values(table.Name);
        var counts = new double[values.Length];
        var totals = new double[Labels];
        for (var text = 0; text < rows.Count; text++)
        {
            var target = targets.AsSpan(text * Labels, Labels);
            for (var label = 0; label < Labels; label++) totals[label] += target[label] / rows.Count;
            foreach (var row in rows[text].Distinct())
            {
                for (var label = 0; label < Labels; label++) counts[(row * Labels) + label] += target[label];
            }
        }

        // Rows below are of no token or of an unknown one.
        for (var row = firstRow; row < counts.Length / Labels; row++)
        {
            var count = counts.AsSpan(row * Labels, Labels);
            var sum = count[0] + count[1] + count[2];
            for (var label = 0; label < Labels; label++)
            {
                var likelihood = (count[label] + (Doubt * totals[label])) / (sum + Doubt);
                values[(row * Labels) + label] = (float)(share * Math.Log(likelihood / totals[label]));
            }
        }
    }

    private static void CopyRows(float[] from, Span<float> to, int[] rows, int width)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] >= 0) from.AsSpan(rows[row] * width, width).CopyTo(to[(row * width)..]);
        }
    }

    private ParameterInfo Find(string name) => _step.Parameters.First(parameter => parameter.Name == name);

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
