using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using EdgeHost.Training.Data;

namespace EdgeHost.Jobs.Data;

/// <summary>
/// Makes the data of a job out of vectors with labels. What cannot be trained on is an error that says what to do; what is merely odd is a warning with its
/// numbers. Not thread-safe; used once.
/// </summary>
internal sealed class DataBuilder(JobSpec spec, IReadOnlyList<string> labelsBefore, PersonalBase? shipped = null)
{
    private const int MostRepeats = 16;
    private const int LeastValidation = 5;

    private readonly List<Row> _rows = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, int> _strange = new(StringComparer.Ordinal);
    private long _unlabelled;

    /// <summary>The values of one example that the network takes.</summary>
    private long Length => spec.Shape.Inputs[0].Shape.ElementCount;

    private int Width => (int)spec.Shape.OutputShape.ElementCount;

    /// <summary>Bytes so far.</summary>
    public long Bytes => _rows.Count * ((Length * sizeof(float)) + (Width * sizeof(float)));

    /// <summary>Takes an example.</summary>
    /// <param name="what">Which, for errors.</param>
    /// <param name="split">What it is for.</param>
    /// <param name="label">Its label; those without are left out.</param>
    /// <param name="vector">Its vector; kept.</param>
    public void Add(string what, ExampleSplit split, string? label, float[] vector)
    {
        if (label is null)
        {
            _unlabelled++;
            return;
        }

        // A personal version has the labels of the shipped one, whatever somebody has written into feedback.
        if (shipped is not null && !shipped.Labels.Contains(label, StringComparer.Ordinal))
        {
            _strange[label] = _strange.GetValueOrDefault(label) + 1;
            return;
        }

        if (vector.Length != Length)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"{what} becomes {vector.Length} values, and the network's input '{spec.Shape.Inputs[0].Name}' takes {spec.Shape.Inputs[0].Shape}, which is {Length}; change 'data.preprocessing' or the input's shape.");
        }

        var wrong = Array.FindIndex(vector, static value => !float.IsFinite(value));
        if (wrong >= 0)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"Value {wrong} of {what} is {vector[wrong]}; training takes finite numbers only. Correct or delete the example, or change 'data.preprocessing'.");
        }

        _rows.Add(new Row(split, label, vector));
    }

    /// <summary>Makes the data.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is nothing to learn from it; <see cref="ErrorCode.InvalidArgument"/>: labels do not fit the network.</exception>
    public JobData Build(long lastExample, string? kind)
    {
        var train = _rows.Count(static row => row.Split == ExampleSplit.Train);
        if (train == 0)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"'{spec.Dataset}' has no example with a label to learn from ({_rows.Count} for validation and tests, {_unlabelled} without a label); record some with training.record.");
        }

        if (_unlabelled > 0) _warnings.Add($"{_unlabelled} examples have no label and are left out.");
        if (_strange.Count > 0) _warnings.Add($"{_strange.Values.Sum()} examples have labels that '{spec.Model}' does not have ({string.Join(", ", _strange.Keys.Order(StringComparer.Ordinal).Take(8).Select(static label => $"'{label}'"))}); they are left out.");
        if (shipped is not null) return BuildPersonal(shipped, train, lastExample, kind);
        var labels = spec.Task == JobTask.Classify ? Labels() : [];
        WarnOfContradictions();
        var validation = Part(ExampleSplit.Validation, labels);
        var test = Part(ExampleSplit.Test, labels);
        if (validation is null) _warnings.Add("There are no examples for validation: the last parameters are taken, and choices go by the training loss.");
        if (test is null) _warnings.Add("There are no examples for tests: the figures are those of the training examples.");
        return new JobData
        {
            Train = Part(ExampleSplit.Train, labels)!,
            Validation = validation,
            Test = test,
            Labels = labels,
            Warnings = _warnings,
            LastExample = lastExample,
            Kind = kind,
            Bytes = Bytes,
        };
    }

    private JobData BuildPersonal(PersonalBase shipped, int train, long lastExample, string? kind)
    {
        if (shipped.Replay.Count == 0) Labels();
        WarnOfContradictions();
        List<Row> replay = [.. shipped.Replay.Select(row => new Row(row.Split, shipped.Labels[row.Label], row.Features))];
        List<Row> learned = [.. ReplayTargets.Of(shipped, spec).Where(static copy => copy.Row.Split == ExampleSplit.Train).Select(copy => new Row(ExampleSplit.Train, shipped.Labels[copy.Label], copy.Row.Features))];
        var again = learned.Count;
        var repeats = spec.Replay is { } asked && again > 0 ? (int)Math.Clamp(Math.Round(again * (1 - asked.Share) / (asked.Share * train)), 1, MostRepeats * ReplayTargets.Copies) : 1;
        List<Row> Of(ExampleSplit split, IReadOnlyList<Row> known, int times)
            => [.. Enumerable.Repeat(_rows.Where(row => row.Split == split), times).SelectMany(static rows => rows), .. known.Where(row => row.Split == split)];

        // A choice by what is learned again, or by two or three of the app's own, would be for what has learned next to nothing.
        var own = _rows.Count(static row => row.Split == ExampleSplit.Validation);
        var hasOwn = own >= LeastValidation;
        if (!hasOwn) _warnings.Add($"There are {own} examples of the app's own for validation, and {LeastValidation} are needed to choose by: the last parameters are taken.");
        if (!_rows.Exists(static row => row.Split == ExampleSplit.Test)) _warnings.Add("There are no examples of the app's own for tests: the figures are those of what the shipped version knows.");
        var test = Part(Of(ExampleSplit.Test, replay, 1), shipped.Labels);
        return new JobData
        {
            Train = Part(Of(ExampleSplit.Train, learned, repeats), shipped.Labels)!,
            Validation = hasOwn ? Part(Of(ExampleSplit.Validation, replay, Math.Max(1, repeats / ReplayTargets.Copies)), shipped.Labels) : null,
            Test = test,
            OwnTest = Part([.. _rows.Where(static row => row.Split == ExampleSplit.Test)], shipped.Labels),
            ReplayTest = Part([.. replay.Where(static row => row.Split == ExampleSplit.Test)], shipped.Labels),
            Labels = shipped.Labels,
            Warnings = _warnings,
            LastExample = lastExample,
            Kind = kind,
            Bytes = (((long)_rows.Count * repeats) + replay.Count + learned.Count) * (Length + Width) * sizeof(float),
        };
    }

    private IReadOnlyList<string> Labels()
    {
        var counts = _rows.Where(static row => row.Split == ExampleSplit.Train).CountBy(static row => row.Label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        if (counts.Count == 1)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"All {counts.Values.Single()} examples to learn from have the label '{counts.Keys.Single()}'; record examples of at least one other label.");
        }

        foreach (var (label, count) in _rows.Where(row => !counts.ContainsKey(row.Label)).CountBy(static row => row.Label, StringComparer.Ordinal))
        {
            _warnings.Add($"The label '{label}' has {count} examples for validation and tests, and none to learn from.");
        }

        var labels = LabelTable.Of(_rows.Select(static row => row.Label), labelsBefore);
        var room = NetworkRules.ClassesOf(spec);
        if (labels.Count > room)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The examples have {labels.Count} labels ({string.Join(", ", labels.Take(8).Select(static label => $"'{label}'"))}{(labels.Count > 8 ? ", …" : string.Empty)}), and the network tells {room} apart; make the last layer {labels.Count} wide.");
        }

        if (labels.Count < room) _warnings.Add($"The network tells {room} labels apart, and the examples have {labels.Count}.");
        return labels;
    }

    private void WarnOfContradictions()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var contradictory = 0;
        foreach (var (_, label, vector) in _rows)
        {
            var key = Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes<float>(vector)));
            if (!seen.TryAdd(key, label) && seen[key] != label) contradictory++;
        }

        if (contradictory > 0) _warnings.Add($"{contradictory} examples become the same vector as another one with another label; no model can tell them apart.");
    }

    private DataPart? Part(ExampleSplit split, IReadOnlyList<string> labels) => Part([.. _rows.Where(row => row.Split == split)], labels);

    private DataPart? Part(List<Row> rows, IReadOnlyList<string> labels)
    {
        if (rows.Count == 0) return null;
        var values = new float[rows.Count * Length];
        for (var i = 0; i < rows.Count; i++) rows[i].Vector.CopyTo(values, i * Length);
        var data = new ArrayData(rows.Count).Add(spec.Shape.Inputs[0].Name, values);
        if (spec.Task == JobTask.Regress)
        {
            float[] targets = [.. rows.SelectMany(row => NumbersOf(row.Label))];
            return new DataPart { Data = data.Add(spec.Shape.Target!.Name, targets), Targets = targets };
        }

        var places = labels.Index().ToDictionary(static entry => entry.Item, static entry => entry.Index, StringComparer.Ordinal);
        int[] classes = [.. rows.Select(row => places[row.Label])];
        return new DataPart { Data = ClassTargets.AddTo(data, spec, classes), Classes = classes };
    }

    private sealed record Row(ExampleSplit Split, string Label, float[] Vector);

    private float[] NumbersOf(string label)
    {
        float[] numbers =
        [
            .. label.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
                .Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : throw Wrong()),
        ];
        return numbers.Length == Width ? numbers : throw Wrong();

        EdgeHostException Wrong() => new(
            ErrorCode.InvalidArgument, $"The label '{label}' of an example in '{spec.Dataset}' is not {Width} finite numbers, which the network's output of {spec.Shape.OutputShape} is compared with.");
    }
}
