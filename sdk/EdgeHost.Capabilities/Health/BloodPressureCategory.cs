namespace EdgeHost.Capabilities.Health;

/// <summary>A category of blood pressure. Which of them a guideline has differs.</summary>
public enum BloodPressureCategory
{
    /// <summary>There is no plausible reading.</summary>
    CannotTell = 0,

    /// <summary>ESC/ESH 2018: below 120 and below 80.</summary>
    Optimal = 1,

    /// <summary>ACC/AHA 2017: below 120 and below 80. ESC/ESH 2018: 120–129 or 80–84.</summary>
    Normal = 2,

    /// <summary>ESC 2024: below 120 and below 70.</summary>
    NonElevated = 3,

    /// <summary>ACC/AHA 2017: 120–129 and below 80. ESC 2024: 120–139 or 70–89.</summary>
    Elevated = 4,

    /// <summary>ESC/ESH 2018: 130–139 or 85–89.</summary>
    HighNormal = 5,

    /// <summary>ACC/AHA 2017: 130–139 or 80–89.</summary>
    Stage1 = 6,

    /// <summary>ACC/AHA 2017: from 140 or from 90.</summary>
    Stage2 = 7,

    /// <summary>ESC/ESH 2018: 140–159 or 90–99.</summary>
    Grade1 = 8,

    /// <summary>ESC/ESH 2018: 160–179 or 100–109.</summary>
    Grade2 = 9,

    /// <summary>ESC/ESH 2018: from 180 or from 110.</summary>
    Grade3 = 10,

    /// <summary>ESC/ESH 2018: from 140 and below 90.</summary>
    IsolatedSystolic = 11,

    /// <summary>ESC 2024, and readings at home or over 24 hours: from the limit of hypertension on.</summary>
    Hypertension = 12,

    /// <summary>Readings at home or over 24 hours: below the limit of hypertension.</summary>
    BelowHypertension = 13,
}
