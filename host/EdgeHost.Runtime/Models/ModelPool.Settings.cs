using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Models;

/// <content>Limits that change while the host runs.</content>
internal sealed partial class ModelPool
{
    /// <summary>
    /// Puts other limits in force at once. A smaller budget makes idle models leave; what is leased or pinned stays, and nothing is loaded until it fits again.
    /// </summary>
    /// <param name="options">The limits; <see cref="ModelPoolOptions.LargeValueBytes"/> stays as it was, since values in use were counted by it.</param>
    internal void Apply(ModelPoolOptions options)
    {
        var effects = default(PoolEffects);
        lock (_gate)
        {
            if (_isDisposed) return;
            var before = _ledger.ConfiguredBytes;
            options.LargeValueBytes = _options.LargeValueBytes;
            _options = options;
            _ledger.Configure(BudgetOf(options));
            var now = _ledger.ConfiguredBytes;
            if (now != before)
            {
                effects.Decide(DecisionKind.Budget, "pool", app: null, $"The configuration changed the budget from {Bytes.ToText(before)} to {Bytes.ToText(now)}.");
                Evict(Victims(default), _ledger.ExcessBytes, "the configured budget became smaller", ref effects);
            }

            // Idle times may be shorter now than what the timer was set for.
            WantUpkeep(_time.GetUtcNow(), ref effects);
        }

        CarryOut(effects);
    }

    private Lazy<long> BudgetOf(ModelPoolOptions options) => new(() => options.BudgetBytes ?? Math.Max(1 << 20, _memory.TotalBytes / 2));
}
