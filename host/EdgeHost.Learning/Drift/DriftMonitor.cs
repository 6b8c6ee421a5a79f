using EdgeHost.Learning.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Drift;

/// <summary>
/// Watches how confidence and inputs of each model's version change, over all apps. Observing takes no time worth speaking of; what was seen is written once a minute
/// and outlives the host. Thread-safe.
/// </summary>
public sealed class DriftMonitor
{
    /// <summary>The measure that every model with a confidence has.</summary>
    public const string Confidence = "confidence";

    /// <summary>The most measures of one version, confidence included.</summary>
    public const int MostMeasures = 9;

    // Seen before the saved state was read; beyond, calls of a host's first second are not counted.
    private const int MostEarly = 1000;

    private readonly LearningDatabase _database;
    private readonly LearningOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DriftMonitor> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WatchedModel> _models = new(StringComparer.Ordinal);
    private readonly List<(string Model, string Measure, double Value)> _early = [];
    private bool _isLoaded;
    private bool _hasChanged;

    /// <summary>Creates it; opens nothing.</summary>
    public DriftMonitor(LearningDatabase database, IOptions<LearningOptions> options, TimeProvider time, ILogger<DriftMonitor> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _database = database;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Counts a measure of a call.</summary>
    /// <param name="model">The model, as <c>id@version</c>.</param>
    /// <param name="measure">What was measured; beyond <see cref="MostMeasures"/> of a version nothing is counted.</param>
    /// <param name="value">The value; one that is not finite is not counted.</param>
    public void Observe(string model, string measure, double value)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(measure);
        if (!double.IsFinite(value)) return;
        lock (_gate)
        {
            _hasChanged = true;
            if (_isLoaded) Count(model, measure, value);
            else if (_early.Count < MostEarly) _early.Add((model, measure, value));
        }
    }

    /// <summary>All measures of all versions.</summary>
    /// <exception cref="EdgeHostException">The saved state cannot be read.</exception>
    public async Task<IReadOnlyList<DriftReading>> ReadAsync(CancellationToken cancellationToken = default)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return
            [
                .. from model in _models
                   from series in model.Value.Series
                   let index = series.Value.Index()
                   orderby model.Key, series.Key
                   select new DriftReading(model.Key, series.Key, series.Value.Calls, index, DriftSeries.StateOf(index)),
            ];
        }
    }

    /// <summary>Writes what has changed; a failure is logged, and tried again the next time.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            lock (_gate)
            {
                if (!_hasChanged) return;
            }

            await LoadAsync(cancellationToken).ConfigureAwait(false);
            List<(string Model, string Measure, byte[] State)> states;
            lock (_gate)
            {
                _hasChanged = false;
                states = [.. _models.SelectMany(static model => model.Value.Series.Select(series => (model.Key, series.Key, series.Value.Save())))];
            }

            await _database.WriteAsync(
                connection =>
                {
                    connection.Execute("DELETE FROM drift");
                    foreach (var (model, measure, state) in states) connection.Execute("INSERT INTO drift (model, measure, state) VALUES ($1, $2, $3)", model, measure, state);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e)
        {
            lock (_gate) _hasChanged = true;
            _logger.LogWarning("What is known of drift could not be kept: {Problem}", e.Message);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isLoaded) return;
        }

        var saved = _database.Exists
            ? await _database.ReadAsync(
                static connection => connection.Rows(
                    "SELECT model, measure, state FROM drift", static row => (Model: row.GetString(0), Measure: row.GetString(1), State: row.GetBytes(2))),
                cancellationToken).ConfigureAwait(false)
            : [];
        lock (_gate)
        {
            if (_isLoaded) return;
            _isLoaded = true;
            foreach (var (model, measure, state) in saved) Find(model).Series[measure] = DriftSeries.Load(state, _options.DriftReferenceCalls);
            foreach (var (model, measure, value) in _early) Count(model, measure, value);
            _early.Clear();
        }
    }

    private void Count(string model, string measure, double value)
    {
        var watched = Find(model);
        watched.LastUse = _time.GetTimestamp();
        if (!watched.Series.TryGetValue(measure, out var series))
        {
            if (watched.Series.Count >= MostMeasures) return;
            watched.Series[measure] = series = new DriftSeries(_options.DriftReferenceCalls);
        }

        series.Add(value);
    }

    private WatchedModel Find(string model)
    {
        if (_models.TryGetValue(model, out var watched)) return watched;
        if (_models.Count >= _options.MaxDriftVersions) _models.Remove(_models.MinBy(static entry => entry.Value.LastUse).Key);
        return _models[model] = new WatchedModel();
    }

    private sealed class WatchedModel
    {
        public Dictionary<string, DriftSeries> Series { get; } = new(StringComparer.Ordinal);

        public long LastUse { get; set; }
    }
}
