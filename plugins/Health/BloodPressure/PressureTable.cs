using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>The categories of the guidelines for adults, in mmHg. If systolic and diastolic disagree, the higher one counts.</summary>
internal static class PressureTable
{
    /// <summary>The category of an average.</summary>
    public static BloodPressureCategory Classify(double systolic, double diastolic, BloodPressureScheme scheme, BloodPressureSetting setting)
    {
        if (setting != BloodPressureSetting.Office)
        {
            var (systolicLimit, diastolicLimit) = HypertensionFrom(scheme, setting);
            return systolic >= systolicLimit || diastolic >= diastolicLimit ? BloodPressureCategory.Hypertension : BloodPressureCategory.BelowHypertension;
        }

        return scheme switch
        {
            BloodPressureScheme.AccAha2017 when systolic >= 140 || diastolic >= 90 => BloodPressureCategory.Stage2,
            BloodPressureScheme.AccAha2017 when systolic >= 130 || diastolic >= 80 => BloodPressureCategory.Stage1,
            BloodPressureScheme.AccAha2017 => systolic >= 120 ? BloodPressureCategory.Elevated : BloodPressureCategory.Normal,
            BloodPressureScheme.Esc2024 when systolic >= 140 || diastolic >= 90 => BloodPressureCategory.Hypertension,
            BloodPressureScheme.Esc2024 => systolic >= 120 || diastolic >= 70 ? BloodPressureCategory.Elevated : BloodPressureCategory.NonElevated,
            _ => ClassifyEscEsh(systolic, diastolic),
        };
    }

    /// <summary>
    /// From where on an average is hypertension. At the doctor's and at home as the guidelines' tables say; over 24 hours 125/75 by ACC/AHA 2017 and 130/80 by the ESC's.
    /// </summary>
    public static (double Systolic, double Diastolic) HypertensionFrom(BloodPressureScheme scheme, BloodPressureSetting setting) => (scheme, setting) switch
    {
        (BloodPressureScheme.AccAha2017, BloodPressureSetting.Ambulatory24h) => (125, 75),
        (BloodPressureScheme.AccAha2017, _) => (130, 80),
        (_, BloodPressureSetting.Home) => (135, 85),
        (_, BloodPressureSetting.Ambulatory24h) => (130, 80),
        _ => (140, 90),
    };

    private static BloodPressureCategory ClassifyEscEsh(double systolic, double diastolic)
    {
        if (systolic >= 140 && diastolic < 90) return BloodPressureCategory.IsolatedSystolic;
        if (systolic >= 180 || diastolic >= 110) return BloodPressureCategory.Grade3;
        if (systolic >= 160 || diastolic >= 100) return BloodPressureCategory.Grade2;
        if (systolic >= 140 || diastolic >= 90) return BloodPressureCategory.Grade1;
        if (systolic >= 130 || diastolic >= 85) return BloodPressureCategory.HighNormal;
        return systolic >= 120 || diastolic >= 80 ? BloodPressureCategory.Normal : BloodPressureCategory.Optimal;
    }
}
