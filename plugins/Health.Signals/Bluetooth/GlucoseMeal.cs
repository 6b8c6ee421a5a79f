namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>How a glucose value stands to meals.</summary>
public enum GlucoseMeal
{
    /// <summary>Before a meal.</summary>
    BeforeMeal = 1,

    /// <summary>After a meal.</summary>
    AfterMeal = 2,

    /// <summary>Fasting.</summary>
    Fasting = 3,

    /// <summary>At any time: a snack, a drink and so on.</summary>
    Casual = 4,

    /// <summary>At bedtime.</summary>
    Bedtime = 5,
}
