using CsCheck;
using EdgeHost.Plugins.Health.Signals.Bluetooth;

namespace EdgeHost.Plugins.Health.Signals.Tests.Bluetooth;

/// <summary>Values of characteristics, laid out by hand as the services' specifications have them.</summary>
public class GattValueTests
{
    [Theory]
    [InlineData("00 48", 72, null, null, "")]
    [InlineData("01 2C 01", 300, null, null, "")]
    [InlineData("04 48", 72, false, null, "")]
    [InlineData("06 48", 72, true, null, "")]
    [InlineData("1E 3C 10 00 00 04 00 02", 60, true, 16, "1000;500")]
    [InlineData("10 3C", 60, null, null, "")]
    public void HeartRate_HasWhatItsFlagsSay(string hex, int rate, bool? contact, int? energy, string intervals)
    {
        var value = HeartRateMeasurement.Parse(Bytes(hex));

        Assert.Equal((rate, contact, energy, intervals), (value.BeatsPerMinute, value.HasContact, value.EnergyKilojoules, string.Join(';', value.IntervalsMs)));
    }

    [Fact]
    public void Glucose_OfMass_IsInMgPerDl()
    {
        // Flags 1B: offset, concentration in kg/L, status, context; number 5; 2024-03-01 08:30:00; 60 minutes on; 110e-5 kg/L; capillary plasma of a finger; battery low.
        var value = GlucoseMeasurement.Parse(Bytes("1B 05 00 E8 07 03 01 08 1E 00 3C 00 6E B0 12 01 00"));

        Assert.Equal((5, new DateTime(2024, 3, 1, 8, 30, 0), new DateTime(2024, 3, 1, 9, 30, 0)), (value.Sequence, value.BaseTime, value.Time));
        Assert.Equal((110.0, "mg/dL", GlucoseSampleType.CapillaryPlasma, 1), (value.Concentration, value.Unit, value.SampleType, value.Location));
        Assert.Equal((GlucoseSensorStatus.BatteryLow, true), (value.Status, value.HasContext));
    }

    [Fact]
    public void Glucose_OfAmount_IsInMmolPerL()
    {
        var value = GlucoseMeasurement.Parse(Bytes("06 FF FF E8 07 03 01 08 1E 00 37 C0 FA"));

        Assert.Equal((65_535, 5.5, "mmol/L"), (value.Sequence, value.Concentration, value.Unit));
        Assert.Equal((GlucoseSampleType.ControlSolution, 15, value.BaseTime), (value.SampleType, value.Location, value.Time));
    }

    [Theory]
    [InlineData("01 01 00 E8 07 03 01 08 1E 00 FF 7F")]
    [InlineData("01 01 00 E8 07 03 01 08 1E 00 00 80")]
    [InlineData("00 01 00 00 00 03 01 08 1E 00")]
    public void Glucose_OfATimeThatIsNotKnown_HasNone(string hex) => Assert.Null(GlucoseMeasurement.Parse(Bytes(hex)).Time);

    [Fact]
    public void GlucoseContext_HasWhatTheMeterWasTold()
    {
        // Everything in litres: number 5, lunch with 45 g, after a meal, self tested with none, 600 s at 70 %, rapid acting 0.05 mL, HbA1c 6.5 %.
        var value = GlucoseContext.Parse(Bytes("7F 05 00 02 2D D0 02 51 58 02 46 01 05 B0 41 F0"));

        Assert.Equal(new GlucoseContext(5, 2, 45, GlucoseMeal.AfterMeal, 1, 5, 600, 70, 1, 0.05, "mL", 6.5), value);
        Assert.Equal(new GlucoseContext(7, null, null, GlucoseMeal.Fasting, null, null, null, null, null, null, null, null), GlucoseContext.Parse(Bytes("82 07 00 00 03")));
        Assert.Equal((20.0, "mg"), (GlucoseContext.Parse(Bytes("10 07 00 01 14 A0")).MedicationAmount, GlucoseContext.Parse(Bytes("10 07 00 01 14 A0")).MedicationUnit));
    }

    [Fact]
    public void BloodPressure_HasWhatItsFlagsSay()
    {
        var full = BloodPressureMeasurement.Parse(Bytes("1E 80 00 50 00 60 00 E8 07 03 01 08 1E 00 48 00 02 05 00"));
        var metric = BloodPressureMeasurement.Parse(Bytes("09 AB F0 6B F0 FF 07 FF"));

        Assert.Equal(
            new BloodPressureMeasurement(128, 80, 96, "mm[Hg]", new DateTime(2024, 3, 1, 8, 30, 0), 72, 2, BloodPressureStatus.BodyMovement | BloodPressureStatus.IrregularPulse), full);
        Assert.Equal((17.1, 10.7, double.NaN, "kPa", null), (metric.Systolic, metric.Diastolic, metric.MeanArterial, metric.Unit, metric.UserId));
    }

    [Fact]
    public void PulseOximeter_SpotCheckAndContinuous_HaveTheirPairAndStatus()
    {
        var spot = PulseOximeterMeasurement.ParseSpotCheck(Bytes("0F 61 00 48 00 E8 07 03 01 08 1E 00 80 00 00 00 00 0A F0"));
        var unset = PulseOximeterMeasurement.ParseSpotCheck(Bytes("11 61 00 48 00 E8 07 03 01 08 1E 00"));
        var live = PulseOximeterMeasurement.ParseContinuous(Bytes("1F 61 00 48 00 60 00 47 00 62 00 49 00 00 80 00 00 00 0A F0"));

        Assert.Equal(new PulseOximeterMeasurement(97, 72, new DateTime(2024, 3, 1, 8, 30, 0), PulseOximeterStatus.Validated, 1), spot);
        Assert.Null(unset.Time);
        Assert.Equal(new PulseOximeterMeasurement(97, 72, null, PulseOximeterStatus.Invalid, 1), live);
    }

    [Fact]
    public void Temperature_AndWeight_HaveTheirUnits()
    {
        Assert.Equal(new TemperatureMeasurement(36.4, "Cel", null, null), TemperatureMeasurement.Parse(Bytes("00 6C 01 00 FF")));
        Assert.Equal(new TemperatureMeasurement(98.6, "[degF]", new DateTime(2024, 3, 1, 8, 30, 0), 6), TemperatureMeasurement.Parse(Bytes("07 DA 03 00 FF E8 07 03 01 08 1E 00 06")));
        Assert.Equal(new WeightMeasurement(70, "kg", null, null, null, null), WeightMeasurement.Parse(Bytes("00 B0 36")));
        Assert.Equal(new WeightMeasurement(154.32, "[lb_av]", null, 1, 22.5, 69.1), WeightMeasurement.Parse(Bytes("0D 48 3C 01 E1 00 B3 02")));
        Assert.Null(WeightMeasurement.Parse(Bytes("00 FF FF")).Weight);
    }

    [Theory]
    [InlineData("2A37", GattCharacteristic.HeartRateMeasurement)]
    [InlineData("0x2a18", GattCharacteristic.GlucoseMeasurement)]
    [InlineData("00002a35-0000-1000-8000-00805F9B34FB", GattCharacteristic.BloodPressureMeasurement)]
    public void Characteristics_AreFoundByTheirNumberOrUuid(string uuid, GattCharacteristic expected) => Assert.Equal(expected, GattCharacteristics.Parse(uuid));

    [Theory]
    [InlineData("")]
    [InlineData("2A38")]
    [InlineData("12a37")]
    [InlineData("00002a35-0000-1000-8000-00805f9b34fc")]
    public void Characteristics_ThatAreNotDecoded_AreRefused(string uuid)
        => Assert.Contains("2A37", Assert.Throws<EdgeHostException>(() => GattCharacteristics.Parse(uuid)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(GattCharacteristic.HeartRateMeasurement, "")]
    [InlineData(GattCharacteristic.HeartRateMeasurement, "01 48")]
    [InlineData(GattCharacteristic.HeartRateMeasurement, "00 48 00")]
    [InlineData(GattCharacteristic.HeartRateMeasurement, "10 48 00 04 00")]
    [InlineData(GattCharacteristic.GlucoseMeasurement, "02 05 00 E8 07 03 01 08 1E 00 6E")]
    [InlineData(GattCharacteristic.GlucoseMeasurement, "00 05 00 E8 07 02 1E 08 1E 00")]
    [InlineData(GattCharacteristic.GlucoseMeasurement, "00 05 00 E8 07 02 01 19 1E 00")]
    [InlineData(GattCharacteristic.WeightMeasurement, "00 B0 36 01")]
    public void Values_ThatAreNotWhatTheirFlagsSay_AreRefused(GattCharacteristic characteristic, string hex)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => Parse(characteristic, Bytes(hex))).Code);

    [Fact]
    public void Values_WithFieldsOfALaterVersion_AreRead() => Assert.Equal(72, HeartRateMeasurement.Parse(Bytes("20 48 01 02 03")).BeatsPerMinute);

    [Fact]
    public void Bytes_OfAnyKind_AreReadOrRefused()
        => Gen.Select(Gen.Enum<GattCharacteristic>(), Gen.Byte.Array[0, 30]).Sample((characteristic, bytes) =>
        {
            try
            {
                Assert.NotNull(Parse(characteristic, bytes));
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }, iter: 5_000);

    private static object Parse(GattCharacteristic characteristic, byte[] value) => characteristic switch
    {
        GattCharacteristic.HeartRateMeasurement => HeartRateMeasurement.Parse(value),
        GattCharacteristic.GlucoseMeasurement => GlucoseMeasurement.Parse(value),
        GattCharacteristic.GlucoseContext => GlucoseContext.Parse(value),
        GattCharacteristic.BloodPressureMeasurement => BloodPressureMeasurement.Parse(value),
        GattCharacteristic.PulseOximeterSpotCheck => PulseOximeterMeasurement.ParseSpotCheck(value),
        GattCharacteristic.PulseOximeterContinuous => PulseOximeterMeasurement.ParseContinuous(value),
        GattCharacteristic.TemperatureMeasurement => TemperatureMeasurement.Parse(value),
        _ => WeightMeasurement.Parse(value),
    };

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
