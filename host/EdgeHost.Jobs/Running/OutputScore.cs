using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Runs;

namespace EdgeHost.Jobs.Running;

/// <summary>Compares a network's outputs with what is right. Not thread-safe.</summary>
internal sealed class OutputScore : IValidationScore
{
    private const int MostConfused = 64;

    private readonly DataPart _part;
    private readonly float _border;
    private readonly int[][] _confusion;
    private int _seen;
    private int _right;
    private double _distance;

    /// <param name="spec">The job.</param>
    /// <param name="part">What is right.</param>
    /// <param name="labels">How many labels there are.</param>
    public OutputScore(JobSpec spec, DataPart part, int labels)
    {
        _part = part;
        _border = OutputForms.BorderOf(spec.Shape);
        _confusion = labels is > 0 and <= MostConfused ? [.. Enumerable.Range(0, labels).Select(_ => new int[labels])] : [];
    }

    /// <summary>The share that was right; null where the task is not to classify.</summary>
    public double? Accuracy => _part.Classes.Length == 0 || _seen == 0 ? null : (double)_right / _seen;

    /// <summary>The mean distance from what is right; null where the task is not regression.</summary>
    public double? MeanAbsoluteError => _part.Targets.Length == 0 || _seen == 0 ? null : _distance / (_seen * (_part.Targets.Length / _part.Count));

    /// <summary>What was taken for what.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion => _confusion;

    /// <inheritdoc/>
    public void Begin()
    {
        (_seen, _right, _distance) = (0, 0, 0);
        foreach (var row in _confusion) Array.Clear(row);
    }

    /// <inheritdoc/>
    public void Add(int first, int count, ReadOnlySpan<float> outputs)
    {
        _seen += count;
        var width = outputs.Length / count;
        for (var i = 0; i < count; i++)
        {
            var output = outputs.Slice(i * width, width);
            if (_part.Classes.Length > 0)
            {
                var (right, said) = (_part.Classes[first + i], Choose(output));
                if (right == said) _right++;
                if (right < _confusion.Length && said < _confusion.Length) _confusion[right][said]++;
            }
            else if (_part.Targets.Length > 0)
            {
                for (var j = 0; j < width; j++) _distance += Math.Abs(output[j] - _part.Targets[((first + i) * width) + j]);
            }
        }
    }

    private int Choose(ReadOnlySpan<float> output)
    {
        if (output.Length == 1) return output[0] > _border ? 1 : 0;
        var best = 0;
        for (var i = 1; i < output.Length; i++)
        {
            if (output[i] > output[best]) best = i;
        }

        return best;
    }
}
