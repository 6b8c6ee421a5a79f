using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What a glucose meter was told of a reading. It is decoded for the app and not kept.</summary>
[WireMessage]
public sealed partial class GlucoseContextEntry
{
    /// <summary>The number of the reading, by the meter.</summary>
    [WireField(Minimum = 0)]
    public required int Sequence { get; init; }

    /// <summary>How it stands to meals: <c>before_meal</c>, <c>after_meal</c>, <c>fasting</c>, <c>casual</c> or <c>bedtime</c>.</summary>
    public string? Meal { get; init; }

    /// <summary>Carbohydrates eaten, in grams.</summary>
    public double? CarbohydrateGrams { get; init; }

    /// <summary>How long the person exercised, in seconds.</summary>
    public int? ExerciseSeconds { get; init; }

    /// <summary>How hard, in percent.</summary>
    public int? ExercisePercent { get; init; }

    /// <summary>How much medication, in the unit beside it.</summary>
    public double? MedicationAmount { get; init; }

    /// <summary><c>mg</c> or <c>mL</c>.</summary>
    public string? MedicationUnit { get; init; }

    /// <summary>HbA1c in percent.</summary>
    public double? Hba1cPercent { get; init; }
}
