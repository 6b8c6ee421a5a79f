using System.Globalization;

namespace EdgeHost.Runtime.Conditions;

/// <summary>
/// Makes conditions out of readings. Each threshold has another one at which it ends, so that work does not stop and start with every look. Not
/// thread-safe; no clock.
/// </summary>
internal sealed class ConditionRules
{
    private readonly ConditionOptions _options;
    private bool _isBatteryLow;
    private ThermalLevel _thermal;
    private bool _isSome;
    private bool _isFull;
    private MemoryReading? _lastMemory;
    private (MemoryPressureLevel Level, TimeSpan Until, string Text) _event;

    public ConditionRules(ConditionOptions options) => _options = options;

    /// <summary>Applies the rules to a reading.</summary>
    /// <param name="reading">What the sensors say.</param>
    /// <param name="now">Any time that only goes forward.</param>
    public MachineConditions Apply(MachineReading reading, TimeSpan now)
    {
        var reasons = new List<string>();
        var minimum = CallPriority.Training;
        JudgeBattery(reading, reasons, ref minimum);
        JudgeHeat(reading, reasons, ref minimum);
        var memory = JudgeMemory(reading.Memory, now, reasons);
        return new MachineConditions(reading.IsOnBattery, reading.BatteryPercent, _thermal, memory, minimum, string.Join("; ", reasons));
    }

    private static string Figure(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Rest(ref CallPriority minimum, CallPriority atLeast)
    {
        if (atLeast > minimum) minimum = atLeast;
    }

    private void JudgeBattery(MachineReading reading, List<string> reasons, ref CallPriority minimum)
    {
        var limit = _isBatteryLow ? _options.BatteryResumePercent - 1 : _options.BatteryLowPercent;
        _isBatteryLow = reading.IsOnBattery && _options.BatteryLowPercent > 0 && reading.BatteryPercent <= limit;
        if (_isBatteryLow)
        {
            Rest(ref minimum, CallPriority.Normal);
            reasons.Add($"the battery is at {reading.BatteryPercent} %, background work and training rest until it is at {_options.BatteryResumePercent} % or on mains");
        }
        else if (reading.IsOnBattery && _options.TrainingRestsOnBattery)
        {
            Rest(ref minimum, CallPriority.Background);
            reasons.Add("the machine runs from its battery, training rests");
        }
    }

    private void JudgeHeat(MachineReading reading, List<string> reasons, ref CallPriority minimum)
    {
        var level = ThermalLevel.Nominal;
        ThermalZone? worst = null;
        var worstTrip = 0.0;
        foreach (var zone in reading.Zones)
        {
            var (own, trip) = JudgeZone(zone);
            if (own < level || (own == level && worst is not null)) continue;
            if (own == ThermalLevel.Nominal) continue;
            (level, worst, worstTrip) = (own, zone, trip);
        }

        _thermal = level;
        if (worst is null) return;
        Rest(ref minimum, level == ThermalLevel.Critical ? CallPriority.Interactive : CallPriority.Background);
        var what = level == ThermalLevel.Critical ? "only interactive work runs" : "training rests";
        reasons.Add($"{worst.Name} has {Figure(worst.Celsius)} degrees, its trip point is at {Figure(worstTrip)}, {what}");
    }

    private (ThermalLevel Level, double Trip) JudgeZone(ThermalZone zone)
    {
        // Once hot, it must cool by the hysteresis below where it began.
        var relief = _thermal == ThermalLevel.Nominal ? 0 : _options.ThermalHysteresis;
        if (zone.HotTrip is { } hot && zone.Celsius >= hot - (_thermal == ThermalLevel.Critical ? relief : 0)) return (ThermalLevel.Critical, hot);
        return zone.WarmTrip is { } warm && zone.Celsius >= warm - _options.ThermalMargin - relief ? (ThermalLevel.Hot, warm) : (ThermalLevel.Nominal, 0);
    }

    private MemoryPressureLevel JudgeMemory(MemoryReading memory, TimeSpan now, List<string> reasons)
    {
        _isSome = memory.SomePercent >= _options.MemorySomePercent || (_isSome && memory.SomePercent >= _options.MemorySomePercent / 2);
        _isFull = memory.FullPercent >= _options.MemoryFullPercent || (_isFull && memory.FullPercent >= _options.MemoryFullPercent / 2);
        NoteEvents(memory, now);
        _lastMemory = memory;
        var level = MemoryPressureLevel.None;
        if (_isSome) Raise(MemoryPressureLevel.Some, $"tasks waited for memory {Figure(memory.SomePercent ?? 0)} % of the last 10 s", reasons, ref level);
        if (_isFull) Raise(MemoryPressureLevel.Severe, $"all tasks waited for memory {Figure(memory.FullPercent ?? 0)} % of the last 10 s", reasons, ref level);
        if (memory.GroupPercent is { } share && share >= _options.GroupSomePercent)
        {
            var own = share >= _options.GroupSeverePercent ? MemoryPressureLevel.Severe : MemoryPressureLevel.Some;
            Raise(own, $"{Figure(share)} % of the control group's memory is in use", reasons, ref level);
        }

        if (_event.Level != MemoryPressureLevel.None && now < _event.Until) Raise(_event.Level, _event.Text, reasons, ref level);
        return level;
    }

    private static void Raise(MemoryPressureLevel own, string text, List<string> reasons, ref MemoryPressureLevel level)
    {
        if (own > level) level = own;
        reasons.Add(text);
    }

    private void NoteEvents(MemoryReading memory, TimeSpan now)
    {
        if (_lastMemory is not { } last) return;
        var level = MemoryPressureLevel.None;
        var text = string.Empty;
        if (memory.HighEvents > last.HighEvents) (level, text) = (MemoryPressureLevel.Some, "the control group was slowed down at its memory.high");
        if (memory.MaxEvents > last.MaxEvents)
        {
            // A group whose limit is full of file pages reaches it all the time without harm: then the host's models are not what is in the way.
            var isHarmless = memory.GroupPercent < _options.GroupSomePercent;
            (level, text) = (isHarmless ? MemoryPressureLevel.Some : MemoryPressureLevel.Severe, "the control group reached its memory.max");
        }

        if (memory.OomEvents > last.OomEvents) (level, text) = (MemoryPressureLevel.Severe, "the control group ran out of memory");
        if (level == MemoryPressureLevel.None) return;
        if (level < _event.Level && now < _event.Until) return;
        _event = (level, now + _options.GroupEventTime, text);
    }
}
