namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>Categories of the schemes. Each scheme uses its own.</summary>
public enum BloodPressureCategory
{
    /// <summary>ESC/ESH 2018: below 120 and below 80.</summary>
    Optimal = 1,

    /// <summary>ACC/AHA: below 120 and below 80. ESC/ESH 2018: 120 to 129 or 80 to 84.</summary>
    Normal = 2,

    /// <summary>ESC 2024: below 120 and below 70.</summary>
    NonElevated = 3,

    /// <summary>ACC/AHA: 120 to 129 and below 80. ESC 2024: 120 to 139 or 70 to 89.</summary>
    Elevated = 4,

    /// <summary>ESC/ESH 2018: 130 to 139 or 85 to 89.</summary>
    HighNormal = 5,

    /// <summary>ACC/AHA: 130 to 139 or 80 to 89.</summary>
    Stage1 = 6,

    /// <summary>ACC/AHA: from 140 or from 90.</summary>
    Stage2 = 7,

    /// <summary>ESC/ESH 2018: 140 to 159 or 90 to 99.</summary>
    Grade1 = 8,

    /// <summary>ESC/ESH 2018: 160 to 179 or 100 to 109.</summary>
    Grade2 = 9,

    /// <summary>ESC/ESH 2018: from 180 or from 110.</summary>
    Grade3 = 10,

    /// <summary>ESC 2024: from 140 or from 90.</summary>
    Hypertension = 11,
}
