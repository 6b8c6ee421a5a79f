using System.Numerics.Tensors;
using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>Adds the scores of two models up, example by example. Not thread-safe.</summary>
internal sealed class ScoreKeeper
{
    private readonly IReadOnlyList<string> _outputs;
    private readonly ScoreKind? _kind;
    private readonly bool _hasLabels;
    private long _rows;
    private long _rowsBefore;
    private long _rowsAfter;
    private double _power;
    private double _errorBefore;
    private double _errorAfter;
    private int _right;
    private int _rightAfter;
    private int _seen;

    public ScoreKeeper(IReadOnlyList<string> outputs, IReadOnlyList<ModelExample> examples, ScoreKind? kind)
    {
        _outputs = outputs;
        _kind = kind;
        var unlabelled = examples.FirstOrDefault(example => example.Label is null);
        _hasLabels = unlabelled is null;
        if (kind == ScoreKind.Accuracy && unlabelled is not null)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"{unlabelled.Name} has no label, so there is no accuracy; give all examples one, or choose another score.");
        }
    }

    public ScoreKind Kind => _kind ?? KindThatFits;

    private ScoreKind KindThatFits => _hasLabels ? ScoreKind.Accuracy : _rows > 0 ? ScoreKind.Agreement : ScoreKind.Closeness;

    public double Before => Kind switch
    {
        ScoreKind.Accuracy => (double)_right / _seen,
        ScoreKind.Agreement => _rows == 0 ? 0 : (double)_rowsBefore / _rows,
        _ => Closeness(_errorBefore),
    };

    public double After => Kind switch
    {
        ScoreKind.Accuracy => (double)_rightAfter / _seen,
        ScoreKind.Agreement => _rows == 0 ? 0 : (double)_rowsAfter / _rows,
        _ => Closeness(_errorAfter),
    };

    public void Add(ModelExample example, FloatOutput[] before, FloatOutput[] after)
    {
        _seen++;
        if (example.Label is { } label)
        {
            if (before[0].HasClasses && before[0].ClassOf(0) == label) _right++;
            if (after[0].HasClasses && after[0].ClassOf(0) == label) _rightAfter++;
        }

        for (var i = 0; i < before.Length; i++)
        {
            var expected = example.Outputs.TryGetValue(_outputs[i], out var known) ? FloatOutput.Read(known) : before[i];
            if (expected.Values.Length == 0) continue;
            if (before[i].Values.Length != expected.Values.Length || after[i].Values.Length != expected.Values.Length)
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"The output '{_outputs[i]}' of {example.Name} has another size than expected.");
            }

            _power += TensorPrimitives.SumOfSquares<float>(expected.Values);
            _errorBefore += SquaredDistance(before[i].Values, expected.Values);
            _errorAfter += SquaredDistance(after[i].Values, expected.Values);
            if (!expected.HasClasses) continue;
            for (var row = 0; row < expected.Rows; row++)
            {
                var wanted = expected.ClassOf(row);
                _rows++;
                if (before[i].ClassOf(row) == wanted) _rowsBefore++;
                if (after[i].ClassOf(row) == wanted) _rowsAfter++;
            }
        }
    }

    private static double SquaredDistance(float[] left, float[] right)
    {
        var distance = (double)TensorPrimitives.Distance<float>(left, right);
        return distance * distance;
    }

    // An answer that is no number is as far off as can be.
    private double Closeness(double error) => !double.IsFinite(error) ? 0 : _power == 0 ? (error == 0 ? 1 : 0) : Math.Max(0, 1 - Math.Sqrt(error / _power));
}
