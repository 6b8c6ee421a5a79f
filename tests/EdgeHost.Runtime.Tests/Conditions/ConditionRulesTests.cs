using CsCheck;
using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Runtime.Tests.Conditions;

public sealed class ConditionRulesTests
{
    private readonly ConditionRules _rules = new(new ConditionOptions());
    private TimeSpan _now;

    [Fact]
    public void Apply_NothingToRead_IsGood() => Assert.Equal(MachineConditions.Good, Apply(new MachineReading()));

    [Fact]
    public void Apply_BatteryRunsDownAndUp_RestsAndResumesAtDifferentCharges()
    {
        Assert.Equal(CallPriority.Background, Battery(80).MinimumPriority);
        Assert.Equal("the machine runs from its battery, training rests", Battery(21).Reason);
        var low = Battery(20);
        Assert.Equal(CallPriority.Normal, low.MinimumPriority);
        Assert.Equal("the battery is at 20 %, background work and training rest until it is at 30 % or on mains", low.Reason);
        Assert.Equal(CallPriority.Normal, Battery(29).MinimumPriority);
        Assert.Equal(CallPriority.Background, Battery(30).MinimumPriority);
        Assert.Equal(CallPriority.Background, Battery(21).MinimumPriority);
    }

    [Fact]
    public void Apply_LowBatteryOnMains_RunsEverything()
    {
        Battery(5);

        var conditions = Apply(new MachineReading { IsOnBattery = false, BatteryPercent = 5 });

        Assert.Equal(CallPriority.Training, conditions.MinimumPriority);
        Assert.Equal(CallPriority.Background, Battery(25).MinimumPriority);
    }

    [Fact]
    public void Apply_TrainingMayRunOnBattery_RestsOnlyWhenLow()
    {
        var rules = new ConditionRules(new ConditionOptions { TrainingRestsOnBattery = false });

        Assert.Equal(CallPriority.Training, rules.Apply(new MachineReading { IsOnBattery = true, BatteryPercent = 50 }, default).MinimumPriority);
        Assert.Equal(CallPriority.Normal, rules.Apply(new MachineReading { IsOnBattery = true, BatteryPercent = 20 }, default).MinimumPriority);
    }

    [Theory]
    [InlineData(84.9, ThermalLevel.Nominal, CallPriority.Training)]
    [InlineData(85, ThermalLevel.Hot, CallPriority.Background)]
    [InlineData(104, ThermalLevel.Hot, CallPriority.Background)]
    [InlineData(105, ThermalLevel.Critical, CallPriority.Interactive)]
    public void Apply_Heat_RestsByTripPoint(double celsius, ThermalLevel level, CallPriority minimum)
    {
        var conditions = Heat(celsius);

        Assert.Equal((level, minimum), (conditions.Thermal, conditions.MinimumPriority));
    }

    [Fact]
    public void Apply_Cooling_EndsBelowWhereItBegan()
    {
        Assert.Equal(ThermalLevel.Critical, Heat(105).Thermal);
        Assert.Equal(ThermalLevel.Critical, Heat(100).Thermal);
        Assert.Equal(ThermalLevel.Hot, Heat(99.9).Thermal);
        Assert.Equal(ThermalLevel.Hot, Heat(80).Thermal);
        Assert.Equal(ThermalLevel.Nominal, Heat(79.9).Thermal);
        Assert.Equal(ThermalLevel.Nominal, Heat(84).Thermal);
    }

    [Fact]
    public void Apply_SeveralZones_NamesTheWorst()
    {
        var conditions = Apply(new MachineReading { Zones = [new("cool", 30, 90, 105), new("hot", 88, 90, 105), new("hotter", 106, 90, 105), new("warm", 89, 90, 105)] });

        Assert.Equal("hotter has 106 degrees, its trip point is at 105, only interactive work runs", conditions.Reason);
    }

    [Fact]
    public void Apply_Pressure_RisesAndFallsAtDifferentFigures()
    {
        Assert.Equal(MemoryPressureLevel.None, Pressure(9.9, 0).Memory);
        Assert.Equal(MemoryPressureLevel.Some, Pressure(10, 0).Memory);
        Assert.Equal(MemoryPressureLevel.Severe, Pressure(10, 5).Memory);
        Assert.Equal(MemoryPressureLevel.Severe, Pressure(5, 2.5).Memory);
        Assert.Equal(MemoryPressureLevel.Some, Pressure(5, 2.4).Memory);
        Assert.Equal(MemoryPressureLevel.None, Pressure(4.9, 2.4).Memory);
        Assert.Equal(string.Empty, Pressure(9.9, 4.9).Reason);
    }

    [Fact]
    public void Apply_PressureBecomesUnreadable_Ends()
    {
        Pressure(50, 50);

        Assert.Equal(MemoryPressureLevel.None, Apply(new MachineReading()).Memory);
    }

    [Theory]
    [InlineData(89.9, MemoryPressureLevel.None)]
    [InlineData(90, MemoryPressureLevel.Some)]
    [InlineData(97, MemoryPressureLevel.Severe)]
    public void Apply_ControlGroupFills_CountsByShare(double percent, MemoryPressureLevel expected)
        => Assert.Equal(expected, Memory(new MemoryReading { GroupPercent = percent }).Memory);

    [Fact]
    public void Apply_EventsBeforeTheFirstLook_AreOld()
    {
        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading { MaxEvents = 900, HighEvents = 3, OomEvents = 2 }).Memory);
        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading { MaxEvents = 900, HighEvents = 3, OomEvents = 2 }).Memory);
    }

    [Fact]
    public void Apply_MaxEvent_IsSevereForAWhileUnlessFilePagesFillTheGroup()
    {
        Memory(new MemoryReading { MaxEvents = 1 });
        Assert.Equal(MemoryPressureLevel.Severe, Memory(new MemoryReading { MaxEvents = 2 }).Memory);
        _now += TimeSpan.FromSeconds(9.9);
        Assert.Equal("the control group reached its memory.max", Memory(new MemoryReading { MaxEvents = 2 }).Reason);
        _now += TimeSpan.FromSeconds(0.1);
        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading { MaxEvents = 2 }).Memory);

        Assert.Equal(MemoryPressureLevel.Some, Memory(new MemoryReading { MaxEvents = 3, GroupPercent = 40 }).Memory);
    }

    [Fact]
    public void Apply_HighThenOom_TheWorseCounts()
    {
        Memory(new MemoryReading { HighEvents = 1, OomEvents = 0 });
        Assert.Equal(MemoryPressureLevel.Some, Memory(new MemoryReading { HighEvents = 2, OomEvents = 0 }).Memory);
        Assert.Equal(MemoryPressureLevel.Severe, Memory(new MemoryReading { HighEvents = 2, OomEvents = 1 }).Memory);
        Assert.Equal(MemoryPressureLevel.Severe, Memory(new MemoryReading { HighEvents = 3, OomEvents = 1 }).Memory);
    }

    [Fact]
    public void Apply_CountersStartAfresh_IsNoEvent()
    {
        Memory(new MemoryReading { MaxEvents = 900 });

        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading { MaxEvents = 1 }).Memory);
        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading()).Memory);
        Assert.Equal(MemoryPressureLevel.None, Memory(new MemoryReading { MaxEvents = 5 }).Memory);
    }

    [Fact]
    public void Apply_AnyReadings_SayWhyWheneverSomethingRests()
        => Gen.Select(Gen.Bool, Gen.Int[0, 100], Gen.Double[0, 130], Gen.Double[0, 100], Gen.Double[0, 100]).Array[1, 20].Sample(readings =>
        {
            var rules = new ConditionRules(new ConditionOptions());
            foreach (var (isOnBattery, percent, celsius, some, full) in readings)
            {
                var conditions = rules.Apply(
                    new MachineReading
                    {
                        IsOnBattery = isOnBattery,
                        BatteryPercent = percent,
                        Zones = [new("z", celsius, 90, 105)],
                        Memory = new MemoryReading { SomePercent = some, FullPercent = full },
                    },
                    default);
                var isGood = conditions.MinimumPriority == CallPriority.Training && conditions.Memory == MemoryPressureLevel.None;
                Assert.Equal(isGood, conditions.Reason.Length == 0);
                if (isOnBattery && percent <= 20) Assert.True(conditions.MinimumPriority >= CallPriority.Normal);
                if (celsius >= 105) Assert.Equal(CallPriority.Interactive, conditions.MinimumPriority);
                if (full >= 5) Assert.Equal(MemoryPressureLevel.Severe, conditions.Memory);
            }
        });

    private MachineConditions Apply(MachineReading reading) => _rules.Apply(reading, _now);

    private MachineConditions Battery(int percent) => Apply(new MachineReading { IsOnBattery = true, BatteryPercent = percent });

    private MachineConditions Heat(double celsius) => Apply(new MachineReading { Zones = [new("zone", celsius, 90, 105)] });

    private MachineConditions Pressure(double some, double full) => Memory(new MemoryReading { SomePercent = some, FullPercent = full });

    private MachineConditions Memory(MemoryReading memory) => Apply(new MachineReading { Memory = memory });
}
