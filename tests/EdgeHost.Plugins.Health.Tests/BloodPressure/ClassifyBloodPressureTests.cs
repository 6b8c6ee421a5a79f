using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.BloodPressure;

namespace EdgeHost.Plugins.Health.Tests.BloodPressure;

/// <summary><c>health.classify_blood_pressure</c> and the tables behind it.</summary>
public class ClassifyBloodPressureTests
{
    private const long Monday = 1_700_000_000_000;
    private const long Day = 86_400_000;

    [Theory]
    [InlineData(119, 79, BloodPressureScheme.AccAha2017, BloodPressureCategory.Normal)]
    [InlineData(120, 79, BloodPressureScheme.AccAha2017, BloodPressureCategory.Elevated)]
    [InlineData(129, 80, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage1)]
    [InlineData(130, 70, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage1)]
    [InlineData(118, 90, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage2)]
    [InlineData(119, 79, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Optimal)]
    [InlineData(119, 80, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Normal)]
    [InlineData(130, 84, BloodPressureScheme.EscEsh2018, BloodPressureCategory.HighNormal)]
    [InlineData(139, 90, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade1)]
    [InlineData(160, 99, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade2)]
    [InlineData(150, 110, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade3)]
    [InlineData(150, 89, BloodPressureScheme.EscEsh2018, BloodPressureCategory.IsolatedSystolic)]
    [InlineData(119, 69, BloodPressureScheme.Esc2024, BloodPressureCategory.NonElevated)]
    [InlineData(119, 70, BloodPressureScheme.Esc2024, BloodPressureCategory.Elevated)]
    [InlineData(140, 70, BloodPressureScheme.Esc2024, BloodPressureCategory.Hypertension)]
    public void Category_AtTheEdges_IsTheGuidelines(double systolic, double diastolic, BloodPressureScheme scheme, BloodPressureCategory expected)
        => Assert.Equal(expected, PressureTable.Classify(systolic, diastolic, scheme, BloodPressureSetting.Office));

    [Theory]
    [InlineData(134, 84, BloodPressureScheme.EscEsh2018, BloodPressureSetting.Home, false)]
    [InlineData(135, 84, BloodPressureScheme.EscEsh2018, BloodPressureSetting.Home, true)]
    [InlineData(130, 79, BloodPressureScheme.AccAha2017, BloodPressureSetting.Home, true)]
    [InlineData(126, 70, BloodPressureScheme.AccAha2017, BloodPressureSetting.Ambulatory24h, true)]
    [InlineData(129, 79, BloodPressureScheme.Esc2024, BloodPressureSetting.Ambulatory24h, false)]
    public void Category_OutsideTheOffice_HasItsOwnLimit(double systolic, double diastolic, BloodPressureScheme scheme, BloodPressureSetting setting, bool isHigh)
        => Assert.Equal(isHigh ? BloodPressureCategory.Hypertension : BloodPressureCategory.BelowHypertension, PressureTable.Classify(systolic, diastolic, scheme, setting));

    [Fact]
    public async Task Average_LeavesOutTheFirstOfThreeAndCountsOccasions()
    {
        var response = await ClassifyAsync(
            Reading(160, 100, Monday), Reading(132, 84, Monday + 60_000), Reading(134, 86, Monday + 120_000), Reading(133, 85, Monday + Day));

        Assert.Equal((133.0, 85.0, 3, 2, true), (response.Average!.Systolic, response.Average.Diastolic, response.Average.Readings, response.Average.Occasions, response.Average.IsValid));
        Assert.Equal(101, response.Average.MeanArterial, 1e-9);
        Assert.Equal(BloodPressureCategory.HighNormal, response.Category);
        Assert.Equal("blood_pressure.raised", Assert.Single(response.Findings).Rule);
    }

    [Fact]
    public async Task Kilopascals_AreConverted()
    {
        var response = await ClassifyAsync(new BloodPressureReading { Systolic = 16, Diastolic = 10.6, Unit = "kPa" });

        Assert.Equal(120.01, response.Average!.Systolic, 0.01);
        Assert.Contains(response.Findings, static finding => finding.Rule == "blood_pressure.more_readings");
    }

    [Theory]
    [InlineData(16, 10.6, "mm[Hg]", "swapped_unit")]
    [InlineData(120, 80, "kPa", "swapped_unit")]
    [InlineData(80, 120, "mm[Hg]", "pulse_pressure")]
    [InlineData(-120, 80, "mm[Hg]", "impossible")]
    [InlineData(900, 80, "mmHg", "impossible")]
    public async Task ReadingThatCannotBe_IsNamedAndNotCounted(double systolic, double diastolic, string unit, string reason)
    {
        var response = await ClassifyAsync(Reading(120, 80, Monday), new BloodPressureReading { Systolic = systolic, Diastolic = diastolic, Unit = unit });

        Assert.Equal((1, reason), (Assert.Single(response.Flagged).Index, response.Flagged[0].Reason));
        Assert.Equal(120, response.Average!.Systolic);
    }

    [Fact]
    public async Task SevereReading_ComesFirstWithItsValues()
    {
        var response = await ClassifyAsync(Reading(120, 80, Monday), Reading(192, 124, Monday + Day));

        var first = response.Findings[0];
        Assert.Equal(("blood_pressure.severe", FindingSeverity.Urgent), (first.Rule, first.Severity));
        Assert.Contains("emergency", first.Advice, StringComparison.Ordinal);
        Assert.Contains(first.Readings, static reading => reading is { Type: "systolic", Value: 192, Time: Monday + Day });
    }

    [Fact]
    public async Task NothingPlausible_CannotTell()
    {
        var response = await ClassifyAsync(Reading(5, 5, Monday));

        Assert.Equal((BloodPressureCategory.CannotTell, (BloodPressureAverage?)null), (response.Category, response.Average));
        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => ClassifyAsync())).Code);
        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => ClassifyAsync(new BloodPressureReading { Systolic = 1, Diastolic = 1, Unit = "m" }))).Code);
    }

    private static BloodPressureReading Reading(double systolic, double diastolic, long time) => new() { Systolic = systolic, Diastolic = diastolic, Time = time };

    private static async Task<ClassifyBloodPressureResponse> ClassifyAsync(params BloodPressureReading[] readings)
    {
        await using var host = await HealthHost.StartAsync();
        return await host.CallAsync<ClassifyBloodPressureRequest, ClassifyBloodPressureResponse>(HealthMethods.ClassifyBloodPressure, new ClassifyBloodPressureRequest { Readings = readings });
    }
}
