namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>Names categories of blood pressure. Thread-safe.</summary>
public static class BloodPressureClassifier
{
    /// <summary>Names the category of an office value.</summary>
    /// <param name="systolic">In mmHg.</param>
    /// <param name="diastolic">In mmHg.</param>
    /// <param name="scheme">Whose categories.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not plausible, or no such scheme.</exception>
    public static BloodPressureClass Classify(double systolic, double diastolic, BloodPressureScheme scheme)
    {
        var reading = new BloodPressureReading(default, systolic, diastolic);
        if (!reading.IsPlausible) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{systolic}/{diastolic} mmHg is not plausible; systolic takes 50 to 260, diastolic 30 to 160, at least 10 below.");
        var category = scheme switch
        {
            BloodPressureScheme.AccAha2017 => AccAha(systolic, diastolic),
            BloodPressureScheme.EscEsh2018 => EscEsh(systolic, diastolic),
            BloodPressureScheme.Esc2024 => Esc2024(systolic, diastolic),
            _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"There is no scheme {scheme}."),
        };
        return new BloodPressureClass(scheme, category, systolic >= 140 && diastolic < 90, systolic < 90 || diastolic < 60, systolic > 180 || diastolic > 120);
    }

    /// <summary>
    /// Whether an average of home readings is hypertension: from 130/80 (ACC/AHA 2017) or 135/85 (ESC/ESH 2018, ESC 2024).
    /// </summary>
    public static bool IsHomeHypertension(double systolic, double diastolic, BloodPressureScheme scheme)
        => scheme == BloodPressureScheme.AccAha2017 ? systolic >= 130 || diastolic >= 80 : systolic >= 135 || diastolic >= 85;

    private static BloodPressureCategory AccAha(double systolic, double diastolic)
        => systolic >= 140 || diastolic >= 90 ? BloodPressureCategory.Stage2
            : systolic >= 130 || diastolic >= 80 ? BloodPressureCategory.Stage1
            : systolic >= 120 ? BloodPressureCategory.Elevated
            : BloodPressureCategory.Normal;

    private static BloodPressureCategory EscEsh(double systolic, double diastolic)
        => systolic >= 180 || diastolic >= 110 ? BloodPressureCategory.Grade3
            : systolic >= 160 || diastolic >= 100 ? BloodPressureCategory.Grade2
            : systolic >= 140 || diastolic >= 90 ? BloodPressureCategory.Grade1
            : systolic >= 130 || diastolic >= 85 ? BloodPressureCategory.HighNormal
            : systolic >= 120 || diastolic >= 80 ? BloodPressureCategory.Normal
            : BloodPressureCategory.Optimal;

    private static BloodPressureCategory Esc2024(double systolic, double diastolic)
        => systolic >= 140 || diastolic >= 90 ? BloodPressureCategory.Hypertension
            : systolic >= 120 || diastolic >= 70 ? BloodPressureCategory.Elevated
            : BloodPressureCategory.NonElevated;
}
