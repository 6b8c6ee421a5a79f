using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>
/// Forecasts one person's glucose 30 minutes ahead from the hour before: ridge regression of the change on the eleven differences between readings and on the level, learnt online from
/// this person alone (recursive least squares), with an interval whose width follows the errors seen (conformal, scaled by how restless the last hour was). Only past values are ever used.
/// Deterministic; not thread-safe. Bounded: a few kilobytes.
/// </summary>
public sealed partial class GlucoseForecaster
{
    /// <summary>Minutes between slots.</summary>
    public const int SlotMinutes = 5;

    /// <summary>Slots ahead that are forecast.</summary>
    public const int Ahead = 6;

    /// <summary>Slots that a forecast needs, without a hole.</summary>
    public const int Needed = 12;

    private const int Features = Needed + 3;
    private const double Ridge = 3;
    private const double Centre = 140;
    private const double LevelScale = 50;
    private const double DifferenceScale = 5;
    private const int Scores = 500;
    private const int LeastScores = 20;

    // Before errors of this person are known: the spread of changes over 30 minutes in published data, as a multiple of the scale.
    private const double FirstScore = 1.6;

    private readonly double _coverage;
    private readonly double _forget;
    private readonly double[] _weights = new double[Features];
    private readonly double[,] _covariance = new double[Features, Features];
    private readonly double[] _slots = new double[Needed + Ahead];
    private readonly double[] _features = new double[Features];
    private readonly double[] _gain = new double[Features];
    private readonly Queue<(long Slot, double Value, double Scale)> _open = new();
    private readonly RecentScores _scores = new(Scores);
    private long _newest = long.MinValue;
    private int _examples;

    /// <param name="coverage">The share of values that the interval should hold, 0.5 to 0.99.</param>
    /// <param name="forgetPerDay">How much of what was learnt is kept over a day of readings, 0.5 to 1; 1 forgets nothing.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: out of range.</exception>
    public GlucoseForecaster(double coverage = 0.9, double forgetPerDay = 1)
    {
        Require.InRange(coverage, 0.5, 0.99, nameof(coverage));
        Require.InRange(forgetPerDay, 0.5, 1, nameof(forgetPerDay));
        _coverage = coverage;
        _forget = Math.Pow(forgetPerDay, SlotMinutes / 1440.0);
        for (var i = 0; i < Features; i++) _covariance[i, i] = 1 / Ridge;
        _slots.AsSpan().Fill(double.NaN);
    }

    private GlucoseForecaster(double coverage, double forget, long newest) => (_coverage, _forget, _newest) = (coverage, forget, newest);

    /// <summary>Examples learnt.</summary>
    public int Examples => _examples;

    /// <summary>Whether new readings teach the model; the interval follows its errors either way.</summary>
    public bool IsLearning { get; set; } = true;

    /// <summary>Takes a reading by the time it was made; see <see cref="Add(long, double)"/>.</summary>
    public bool Add(GlucoseReading reading) => Add((long)Math.Round(reading.Time.ToUnixTimeMilliseconds() / (SlotMinutes * 60_000.0)), reading.MgPerDl);

    /// <summary>Takes the reading of a slot of five minutes, and learns from what is now known of the hour and a half before.</summary>
    /// <param name="slot">The slot's number; slots that are left out are holes.</param>
    /// <param name="mgPerDl">In mg/dL.</param>
    /// <returns>Whether it was taken: not if it is not newer than the last one, or not plausible.</returns>
    public bool Add(long slot, double mgPerDl)
    {
        if (slot <= _newest || !(mgPerDl is >= GlucoseReading.Least and <= GlucoseReading.Most)) return false;
        var steps = _newest == long.MinValue ? _slots.Length : Math.Min(slot - _newest, _slots.Length);
        Array.Copy(_slots, steps, _slots, 0, _slots.Length - steps);
        _slots.AsSpan(_slots.Length - (int)steps).Fill(double.NaN);
        _slots[^1] = mgPerDl;
        _newest = slot;

        while (_open.TryPeek(out var open) && open.Slot < slot) _open.Dequeue();
        // The scores are those of forecasts made before this value was known.
        if (_open.TryPeek(out var made) && made.Slot == slot)
        {
            _open.Dequeue();
            _scores.Add(Math.Abs(mgPerDl - made.Value) / made.Scale);
        }

        if (IsLearning && Fill(_slots.AsSpan(0, Needed))) Learn(mgPerDl - _slots[Needed - 1]);
        if (Fill(_slots.AsSpan(Ahead)) && Predict(out var value, out var scale)) _open.Enqueue((slot + Ahead, value, scale));
        return true;
    }

    /// <summary>The forecast 30 minutes after the newest reading; null where one of the last twelve slots is a hole.</summary>
    public GlucoseForecast? Forecast()
    {
        if (!Fill(_slots.AsSpan(Ahead)) || !Predict(out var value, out var scale)) return null;
        var reach = scale * (_scores.Count < LeastScores ? FirstScore : _scores.Quantile(_coverage));
        return new GlucoseForecast(value, Clamp(value - reach), Clamp(value + reach), _examples);
    }

    private static double Clamp(double value) => Math.Clamp(value, GlucoseReading.SensorLow, GlucoseReading.SensorHigh);

    private bool Fill(ReadOnlySpan<double> hour)
    {
        foreach (var value in hour)
        {
            if (double.IsNaN(value)) return false;
        }

        for (var i = 0; i < Needed - 1; i++) _features[i] = (hour[i + 1] - hour[i]) / DifferenceScale;
        var level = (hour[^1] - Centre) / LevelScale;
        _features[Needed - 1] = 1;
        _features[Needed] = level;
        _features[Needed + 1] = level * level;
        var mean = 0.0;
        foreach (var value in hour) mean += value / Needed;
        _features[Needed + 2] = (mean - Centre) / LevelScale;
        return true;
    }

    private bool Predict(out double value, out double scale)
    {
        double change = 0, restless = 0;
        for (var i = 0; i < Features; i++) change += _weights[i] * _features[i];
        // How much the last half hour moved says how far the next one may.
        for (var i = Needed - 1 - Ahead; i < Needed - 1; i++) restless += Math.Abs(_features[i]) * DifferenceScale;
        value = Clamp(_slots[^1] + change);
        scale = 10 + (0.5 * restless);
        return double.IsFinite(change);
    }

    // Recursive least squares: the weights after each example are those of ridge regression over all so far.
    private void Learn(double change)
    {
        var (denominator, error) = (_forget, change);
        for (var i = 0; i < Features; i++)
        {
            _gain[i] = 0;
            for (var k = 0; k < Features; k++) _gain[i] += _covariance[i, k] * _features[k];
            denominator += _features[i] * _gain[i];
            error -= _weights[i] * _features[i];
        }

        for (var i = 0; i < Features; i++)
        {
            _weights[i] += _gain[i] / denominator * error;
            for (var k = 0; k <= i; k++)
            {
                // Kept symmetric, which rounding would lose over the years.
                var value = (_covariance[i, k] - (_gain[i] * _gain[k] / denominator)) / _forget;
                _covariance[i, k] = _covariance[k, i] = value;
            }
        }

        _examples++;
    }

    private sealed class RecentScores(int capacity)
    {
        private readonly double[] _values = new double[capacity];
        private readonly double[] _sorted = new double[capacity];
        private long _added;

        public int Count => (int)Math.Min(_added, capacity);

        public long Added => _added;

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        public void Add(double value) => _values[_added++ % capacity] = value;

        public void Restore(ReadOnlySpan<double> values, long added)
        {
            values.CopyTo(_values);
            _added = added;
        }

        public double Quantile(double share)
        {
            var sorted = _sorted.AsSpan(0, Count);
            _values.AsSpan(0, Count).CopyTo(sorted);
            sorted.Sort();
            // One more value than there are makes the coverage hold for the next one.
            return Order.QuantileOfSorted(sorted, Math.Min(1, share * (Count + 1) / Count));
        }
    }
}
