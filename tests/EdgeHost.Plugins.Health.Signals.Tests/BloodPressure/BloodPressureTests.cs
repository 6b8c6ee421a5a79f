using EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.Signals.Tests.BloodPressure;

public class BloodPressureTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 8, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(119, 79, BloodPressureScheme.AccAha2017, BloodPressureCategory.Normal)]
    [InlineData(120, 79, BloodPressureScheme.AccAha2017, BloodPressureCategory.Elevated)]
    [InlineData(120, 80, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage1)]
    [InlineData(130, 70, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage1)]
    [InlineData(139, 90, BloodPressureScheme.AccAha2017, BloodPressureCategory.Stage2)]
    [InlineData(119, 79, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Optimal)]
    [InlineData(119, 80, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Normal)]
    [InlineData(129, 85, BloodPressureScheme.EscEsh2018, BloodPressureCategory.HighNormal)]
    [InlineData(140, 80, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade1)]
    [InlineData(130, 100, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade2)]
    [InlineData(180, 80, BloodPressureScheme.EscEsh2018, BloodPressureCategory.Grade3)]
    [InlineData(119, 69, BloodPressureScheme.Esc2024, BloodPressureCategory.NonElevated)]
    [InlineData(119, 70, BloodPressureScheme.Esc2024, BloodPressureCategory.Elevated)]
    [InlineData(139, 89, BloodPressureScheme.Esc2024, BloodPressureCategory.Elevated)]
    [InlineData(139, 90, BloodPressureScheme.Esc2024, BloodPressureCategory.Hypertension)]
    public void Category_IsTheHigherOfBoth(double systolic, double diastolic, BloodPressureScheme scheme, BloodPressureCategory category)
        => Assert.Equal(category, BloodPressureClassifier.Classify(systolic, diastolic, scheme).Category);

    [Theory]
    [InlineData(150, 85, true, false, false)]
    [InlineData(85, 65, false, true, false)]
    [InlineData(180, 120, false, false, false)]
    [InlineData(181, 100, false, false, true)]
    [InlineData(170, 121, false, false, true)]
    public void Marks_AreSet(double systolic, double diastolic, bool isolated, bool low, bool repeat)
    {
        var found = BloodPressureClassifier.Classify(systolic, diastolic, BloodPressureScheme.EscEsh2018);

        Assert.Equal((isolated, low, repeat), (found.IsolatedSystolic, found.IsLow, found.NeedsRepeat));
    }

    [Theory]
    [InlineData(80, 120)]
    [InlineData(120, 115)]
    [InlineData(300, 80)]
    [InlineData(16, 10)]
    [InlineData(double.NaN, 80)]
    public void Values_ThatAreNotPlausible_AreRefused(double systolic, double diastolic)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => BloodPressureClassifier.Classify(systolic, diastolic, BloodPressureScheme.AccAha2017)).Code);

    [Fact]
    public void HomeAverages_HaveTheirOwnLimits()
        => Assert.Equal((true, false, true), (
            BloodPressureClassifier.IsHomeHypertension(131, 75, BloodPressureScheme.AccAha2017),
            BloodPressureClassifier.IsHomeHypertension(131, 75, BloodPressureScheme.EscEsh2018),
            BloodPressureClassifier.IsHomeHypertension(131, 85, BloodPressureScheme.EscEsh2018)));

    [Fact]
    public void Average_LeavesTheFirstOfThreeOut_AndNeedsTwoOccasions()
    {
        BloodPressureReading At(double minutes, double systolic, double diastolic) => new(Start.AddMinutes(minutes), systolic, diastolic);
        var morning = new[] { At(0, 160, 100), At(2, 130, 80), At(4, 134, 84), At(6, 300, 80) };
        var one = BloodPressureAnalyzer.Average(morning)!;
        var two = BloodPressureAnalyzer.Average([.. morning, At(720, 120, 70)])!;

        Assert.Equal((132, 82, 2, 1, false), (one.Systolic, one.Diastolic, one.Readings, one.Occasions, one.IsValid));
        Assert.Equal((128, 78, 3, 2, true), (two.Systolic, two.Diastolic, two.Readings, two.Occasions, two.IsValid));
        Assert.Equal(12, two.RealVariability!.Value, 9);
        Assert.Null(BloodPressureAnalyzer.Average([At(0, 300, 80)]));
    }

    [Fact]
    public void HomeAverage_LeavesTheFirstDayOutAndNeedsThreeDays()
    {
        List<BloodPressureReading> Days(int days) => [.. Enumerable.Range(0, days).SelectMany(day => new[] { 8, 8.03, 20, 20.03 }.Select(hour => new BloodPressureReading(new DateTimeOffset(Start.Date, TimeSpan.Zero).AddDays(day).AddHours(hour), day == 0 ? 160 : 130, 80)))];
        var (three, four) = (BloodPressureAnalyzer.HomeAverage(Days(3))!, BloodPressureAnalyzer.HomeAverage(Days(4))!);

        Assert.Equal((130, 8, false, 3), (three.Average.Systolic, three.Average.Readings, three.Average.IsValid, three.Days));
        Assert.Equal((130, 12, true, 4), (four.Average.Systolic, four.Average.Readings, four.Average.IsValid, four.Days));
        Assert.Null(BloodPressureAnalyzer.HomeAverage(Days(1)));
    }

    [Theory]
    [InlineData(95, DippingPattern.Extreme)]
    [InlineData(110, DippingPattern.Dipper)]
    [InlineData(125, DippingPattern.NonDipper)]
    [InlineData(135, DippingPattern.Rising)]
    public void Night_IsComparedWithDay(double night, DippingPattern pattern)
    {
        var readings = Enumerable.Range(0, 48).Select(i => Start.AddMinutes(30.5 * i)).Select(time => new BloodPressureReading(time, time.Hour is >= 7 and < 23 ? 130 : night, 70)).ToList();
        var found = BloodPressureAnalyzer.DayAndNight(readings);

        Assert.Equal((pattern, 130, night), (found.Pattern, found.Day!.Systolic, found.Night!.Systolic));
        Assert.Equal(DippingPattern.CannotTell, BloodPressureAnalyzer.DayAndNight([.. readings.Take(30)]).Pattern);
    }

    [Fact]
    public void DerivedPressures_AreThoseOfTheirFormulas()
        => Assert.Equal((90, 30), (new BloodPressureReading(Start, 110, 80).Mean, new BloodPressureReading(Start, 110, 80).PulsePressure));
}
