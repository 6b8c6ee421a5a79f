using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Models;

/// <content>Memory pressure: the effective budget shrinks with it and grows back in steps after it.</content>
internal sealed partial class ModelPool
{
    /// <summary>What some pressure leaves of the bytes in use.</summary>
    private const double KeptUnderPressure = 0.75;

    /// <summary>What one step gives back, of the configured budget.</summary>
    private const double GrowBackShare = 0.1;

    private MemoryPressureLevel _pressure;
    private DateTimeOffset _nextPressureStep;

    private void ConditionsChanged(MachineConditions conditions)
    {
        var effects = default(PoolEffects);
        lock (_gate)
        {
            if (_isDisposed) return;
            var now = _time.GetUtcNow();
            var before = _pressure;
            _pressure = conditions.Memory;
            if (_pressure == MemoryPressureLevel.None)
            {
                if (before == MemoryPressureLevel.None) return;
                _nextPressureStep = now + _options.GrowBackInterval;
                effects.UpkeepAt = _nextPressureStep;
            }
            else if (_pressure > before || now >= _nextPressureStep)
            {
                // Worse, or as bad as before for so long that the last step was not enough.
                _nextPressureStep = now + _options.GrowBackInterval;
                Shrink(ref effects);
            }
        }

        CarryOut(effects);
    }

    // Under the lock.
    private void Shrink(ref PoolEffects effects)
    {
        var used = _ledger.UsedBytes;
        var before = _ledger.EffectiveBytes;
        var least = (long)(_ledger.ConfiguredBytes * _options.MinPressureShare);
        var isSevere = _pressure == MemoryPressureLevel.Severe;
        var target = isSevere ? 0 : (long)(used * KeptUnderPressure);
        var reason = isSevere ? "the machine is very short of memory" : "the machine is short of memory";
        Evict(Victims(default), used - target, reason, ref effects);

        // Never up: a second step under pressure starts from what the first one left.
        _ledger.EffectiveBytes = Math.Min(before, Math.Max(least, Math.Max(target, isSevere ? _ledger.UsedBytes : 0)));
        effects.ReleaseWorkingMemory = true;
        effects.Decide(
            DecisionKind.Budget,
            "pool",
            app: null,
            $"The budget shrank from {Bytes.ToText(before)} to {Bytes.ToText(_ledger.EffectiveBytes)}: {reason}; "
                + $"{Bytes.ToText(used)} were used, {Bytes.ToText(used - _ledger.UsedBytes)} of idle models left.");
    }

    // Under the lock. Part of the upkeep.
    private void GrowBack(DateTimeOffset now, ref PoolEffects effects)
    {
        if (_pressure != MemoryPressureLevel.None || _ledger.EffectiveBytes >= _ledger.ConfiguredBytes) return;
        if (now >= _nextPressureStep)
        {
            _nextPressureStep = now + _options.GrowBackInterval;
            _ledger.EffectiveBytes = Math.Min(_ledger.ConfiguredBytes, _ledger.EffectiveBytes + Math.Max(1, (long)(_ledger.ConfiguredBytes * GrowBackShare)));
            effects.Decide(
                DecisionKind.Budget,
                "pool",
                app: null,
                $"The budget grew back to {Bytes.ToText(_ledger.EffectiveBytes)} of {Bytes.ToText(_ledger.ConfiguredBytes)}: memory is no longer short.");
        }

        if (_ledger.EffectiveBytes < _ledger.ConfiguredBytes) WantUpkeep(_nextPressureStep, ref effects);
    }
}
