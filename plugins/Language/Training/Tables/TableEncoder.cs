using System.Numerics.Tensors;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>An encoder with its head: trains it, and judges with it. Not thread-safe.</summary>
internal sealed class TableEncoder : IDisposable
{
    private readonly TableSettings _settings;
    private readonly (string Name, int Width)[] _tables;
    private readonly TrainingStep _step;
    private readonly int _seed;

    /// <summary>Creates one with first values.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="wordRows">Rows of the table of words.</param>
    /// <param name="pieceRows">Rows of the table of pieces.</param>
    /// <param name="seed">What first values and dropout are drawn from.</param>
    public TableEncoder(TableSettings settings, int wordRows, int pieceRows, int seed)
    {
        (_settings, _seed) = (settings, seed);
        _step = new TrainingStep(
            settings.IsLinear ? LinearNetwork.Create(settings, wordRows, pieceRows) : TableNetwork.Create(settings, wordRows, pieceRows),
            new AdamW { WeightDecay = settings.Decay },
            new StepOptions { BatchSize = settings.Batch, ClipNorm = 1, Seed = (ulong)seed });
        _tables = settings.IsLinear
            ? [(LinearNetwork.Words, 0), (LinearNetwork.Pieces, 0)]
            : [(TableNetwork.Words, settings.WordWidth), (TableNetwork.Pieces, settings.Width)];

        // The linear part begins with nothing, so that rare words have no say at first.
        foreach (var (name, width) in _tables) ClearSums(name, width);
    }

    /// <summary>The tables of words and of pieces, with the numbers of a vector in them.</summary>
    public IReadOnlyList<(string Name, int Width)> Tables => _tables;

    /// <summary>Numbers that are trained.</summary>
    public int ParameterCount => _step.ParameterCount;

    /// <summary>The names of its parameters.</summary>
    public IEnumerable<string> Names => _step.Parameters.Select(parameter => parameter.Name);

    /// <summary>The values of a parameter.</summary>
    public Span<float> Values(string name) => _step.Values(Find(name));

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
        SetPriors(_tables[0].Name, _tables[0].Width, Encoders.Vocabulary.FirstWord, [.. texts.Select(text => text.Words)], targets, share);
        SetPriors(_tables[1].Name, _tables[1].Width, 1, [.. texts.Select(text => text.Pieces)], targets, share);
        var head = Values(TableNetwork.HeadWeight);
        var first = (((_settings.Part + 1) * _settings.Features) - 1 - TableSettings.Sums) * TableSettings.Sums;
        for (var i = 0; i < TableSettings.Sums * TableSettings.Sums; i++) head[first + i] = i % (TableSettings.Sums + 1) == 0 ? 1 : 0;
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

    private void SetPriors(string table, int vector, int firstRow, List<int[]> rows, float[] targets, float share)
    {
        const int Labels = TableSettings.Sums;
        const double Doubt = 5;
        var values = Values(table);
        var width = vector + Labels;
        var counts = new double[values.Length / width * Labels];
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
                values[(row * width) + vector + label] = (float)(share * Math.Log(likelihood / totals[label]));
            }
        }
    }

    private ParameterInfo Find(string name) => _step.Parameters.First(parameter => parameter.Name == name);

    private void ClearSums(string table, int vector)
    {
        var values = Values(table);
        var width = vector + TableSettings.Sums;
        for (var row = 0; row < values.Length / width; row++) values.Slice((row * width) + vector, TableSettings.Sums).Clear();
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
