using System.Globalization;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Bluetooth;

namespace EdgeHost.Plugins.Health.Sensors;

/// <summary>
/// The readings of one notification: what the sensor has measured, in its own units. Collects them for the call; not thread-safe.
/// </summary>
/// <param name="request">The call.</param>
internal sealed class SensorValues(RecordBleRequest request)
{
    private const int MillisecondsOfSecond = 1000;

    private readonly List<SensorReading> _readings = [];
    private readonly List<(int Notification, string Reason)> _skipped = [];
    private readonly List<GlucoseContextEntry> _contexts = [];

    /// <summary>The readings so far.</summary>
    public IReadOnlyList<SensorReading> Readings => _readings;

    /// <summary>Notifications without a reading.</summary>
    public IReadOnlyList<(int Notification, string Reason)> Skipped => _skipped;

    /// <summary>What a glucose meter was told of its readings.</summary>
    public IReadOnlyList<GlucoseContextEntry> Contexts => _contexts;

    /// <summary>Decodes a notification.</summary>
    /// <param name="index">Its place in the call.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is not what its characteristic has, or has a time of a zone that nobody knows; with its place.</exception>
    public void Add(int index)
    {
        var notification = request.Notifications[index];
        try
        {
            if (Decode(index, notification) is { } reason) _skipped.Add((index, reason));
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"notifications[{index}]: {e.Message}", e);
        }
    }

    private string? Decode(int index, SensorNotification notification)
    {
        var value = notification.Value.Bytes.Span;
        return GattCharacteristics.Parse(notification.Characteristic) switch
        {
            GattCharacteristic.HeartRateMeasurement => Take(index, notification, HeartRateMeasurement.Parse(value)),
            GattCharacteristic.GlucoseMeasurement => Take(index, GlucoseMeasurement.Parse(value)),
            GattCharacteristic.GlucoseContext => Take(GlucoseContext.Parse(value)),
            GattCharacteristic.BloodPressureMeasurement => Take(index, notification, BloodPressureMeasurement.Parse(value)),
            GattCharacteristic.PulseOximeterSpotCheck => Take(index, notification, PulseOximeterMeasurement.ParseSpotCheck(value)),
            GattCharacteristic.PulseOximeterContinuous => Take(index, notification, PulseOximeterMeasurement.ParseContinuous(value)),
            GattCharacteristic.TemperatureMeasurement => Take(index, notification, TemperatureMeasurement.Parse(value)),
            _ => Take(index, notification, WeightMeasurement.Parse(value)),
        };
    }

    private string? Take(int index, SensorNotification notification, HeartRateMeasurement value)
    {
        if (value.HasContact == false) return SkipReason.NoContact;

        // The intervals are those before the notification, the newest last.
        var before = value.IntervalsMs.Sum();
        foreach (var interval in value.IntervalsMs)
        {
            before -= interval;
            Add(index, "rr_interval", interval, "ms", notification.Time - (long)Math.Round(before));
        }

        if (value.BeatsPerMinute == 0) return value.IntervalsMs.Count == 0 ? SkipReason.NoValue : null;
        Add(index, "heart_rate", value.BeatsPerMinute, "/min", notification.Time);
        return null;
    }

    private string? Take(int index, GlucoseMeasurement value)
    {
        if (value.SampleType == GlucoseSampleType.ControlSolution) return SkipReason.NoPerson;
        if ((value.Status & GlucoseSensorStatus.ValueFaults) != GlucoseSensorStatus.None) return SkipReason.Fault;
        if (value.Concentration is not { } concentration || !double.IsFinite(concentration)) return SkipReason.NoValue;
        if (value.Time is not { } shown || value.BaseTime is not { } started || value.Status.HasFlag(GlucoseSensorStatus.TimeFault)) return SkipReason.NoTime;

        // Meters count seconds; two readings within one must not become one.
        var time = ToUtc(shown) + (value.Sequence % MillisecondsOfSecond);
        Add(index, "glucose", concentration, value.Unit, time, string.Create(CultureInfo.InvariantCulture, $"{request.Device}\nglucose\n{value.Sequence}\n{started.Ticks}"));
        return null;
    }

    private string? Take(GlucoseContext value)
    {
        _contexts.Add(new GlucoseContextEntry
        {
            Sequence = value.Sequence,
            Meal = value.Meal switch
            {
                GlucoseMeal.BeforeMeal => "before_meal",
                GlucoseMeal.AfterMeal => "after_meal",
                GlucoseMeal.Fasting => "fasting",
                GlucoseMeal.Casual => "casual",
                GlucoseMeal.Bedtime => "bedtime",
                _ => null,
            },
            CarbohydrateGrams = value.CarbohydrateGrams,
            ExerciseSeconds = value.ExerciseSeconds,
            ExercisePercent = value.ExercisePercent,
            MedicationAmount = value.MedicationAmount,
            MedicationUnit = value.MedicationUnit,
            Hba1cPercent = value.HbA1cPercent,
        });
        return null;
    }

    private string? Take(int index, SensorNotification notification, BloodPressureMeasurement value)
    {
        if (IsOther(value.UserId)) return SkipReason.OtherUser;
        if ((value.Status & BloodPressureStatus.ValueFaults) != BloodPressureStatus.None) return SkipReason.Fault;
        if (!double.IsFinite(value.Systolic) || !double.IsFinite(value.Diastolic)) return SkipReason.NoValue;
        var time = TimeOf(value.Time, notification);
        Add(index, "systolic", value.Systolic, value.Unit, time);
        Add(index, "diastolic", value.Diastolic, value.Unit, time);
        if (value.PulseRate is { } pulse && double.IsFinite(pulse)) Add(index, "heart_rate", pulse, "/min", time);
        return null;
    }

    private string? Take(int index, SensorNotification notification, PulseOximeterMeasurement value)
    {
        if ((value.Status & (PulseOximeterStatus.Demonstration | PulseOximeterStatus.Testing)) != PulseOximeterStatus.None) return SkipReason.NoPerson;
        if ((value.Status & PulseOximeterStatus.ValueFaults) != PulseOximeterStatus.None) return SkipReason.Fault;
        if (!double.IsFinite(value.Saturation) && !double.IsFinite(value.PulseRate)) return SkipReason.NoValue;
        var time = TimeOf(value.Time, notification);
        if (double.IsFinite(value.Saturation)) Add(index, "spo2", value.Saturation, "%", time);
        if (double.IsFinite(value.PulseRate)) Add(index, "heart_rate", value.PulseRate, "/min", time);
        return null;
    }

    private string? Take(int index, SensorNotification notification, TemperatureMeasurement value)
    {
        if (!double.IsFinite(value.Value)) return SkipReason.NoValue;
        Add(index, "temperature", value.Value, value.Unit, TimeOf(value.Time, notification));
        return null;
    }

    private string? Take(int index, SensorNotification notification, WeightMeasurement value)
    {
        if (IsOther(value.UserId)) return SkipReason.OtherUser;
        if (value.Weight is not { } weight) return SkipReason.NoValue;
        Add(index, "weight", weight, value.Unit, TimeOf(value.Time, notification));
        return null;
    }

    private bool IsOther(int? user) => request.UserId is { } wanted && user is { } given && given != wanted;

    private long TimeOf(DateTime? shown, SensorNotification notification) => shown is { } known ? ToUtc(known) : notification.Time;

    private long ToUtc(DateTime shown)
    {
        if (request.UtcOffsetMinutes is not { } offset)
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"it has the time {shown:yyyy-MM-dd HH:mm:ss} of the sensor's clock, whose time zone nobody knows; give 'utc_offset_minutes'.");
        return new DateTimeOffset(DateTime.SpecifyKind(shown, DateTimeKind.Utc)).ToUnixTimeMilliseconds() - (offset * 60_000L);
    }

    private void Add(int index, string type, double value, string unit, long time, string? identity = null)
        => _readings.Add(new SensorReading(
            index, new HealthSample { Type = type, Value = value, Unit = unit, Time = time, UtcOffsetMinutes = request.UtcOffsetMinutes, Source = request.Device }, identity));
}
