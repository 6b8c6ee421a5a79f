using CsCheck;
using EdgeHost.Runtime.Conditions;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Conditions;

public sealed class SystemFileSensorsTests
{
    private const string Supplies = "/sys/class/power_supply";
    private const string Thermal = "/sys/class/thermal";

    private readonly RecordedFiles _files = new();

    [Fact]
    public void Read_NoFiles_GivesNoSignal()
    {
        var reading = Read();

        Assert.False(reading.IsOnBattery);
        Assert.Null(reading.BatteryPercent);
        Assert.Empty(reading.Zones);
        Assert.Equal(new MemoryReading(), reading.Memory);
    }

    [Theory]
    [InlineData("1", "Charging", false)]
    [InlineData("1", "Discharging", false)]
    [InlineData("1", "Full", false)]
    [InlineData("0", "Discharging", true)]
    [InlineData("0", "Unknown", true)]
    [InlineData("0", "Not charging", false)]
    public void Read_MainsAndBattery_TellsWhetherItRunsFromTheBattery(string online, string status, bool expected)
    {
        Laptop(online, status, "81");

        var reading = Read();

        Assert.Equal(expected, reading.IsOnBattery);
        Assert.Equal(81, reading.BatteryPercent);
    }

    [Fact]
    public void Read_BatteryOnly_GoesByItsStatus()
    {
        _files.Add($"{Supplies}/battery", ("type", "Battery\n"), ("status", "Discharging\n"), ("capacity", "40\n"));
        Assert.True(Read().IsOnBattery);

        _files.Add($"{Supplies}/battery", ("status", "Unknown\n"));
        Assert.False(Read().IsOnBattery);
    }

    [Fact]
    public void Read_BatteryOfAMouse_IsNotTheMachines()
    {
        _files.Add($"{Supplies}/hidpp_battery_0", ("type", "Battery\n"), ("scope", "Device\n"), ("status", "Discharging\n"), ("capacity", "5\n"));

        var reading = Read();

        Assert.False(reading.IsOnBattery);
        Assert.Null(reading.BatteryPercent);
    }

    [Fact]
    public void Read_TwoBatteriesOneMissing_TakesTheMeanOfThoseThere()
    {
        Laptop("0", "Discharging", "80");
        _files.Add($"{Supplies}/BAT1", ("type", "Battery\n"), ("status", "Unknown\n"), ("capacity", "20\n"));
        _files.Add($"{Supplies}/BAT2", ("type", "Battery\n"), ("present", "0\n"), ("capacity", "0\n"));

        Assert.Equal(50, Read().BatteryPercent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void Read_CapacityThatCannotBe_IsNone(string capacity)
    {
        Laptop("0", "Discharging", capacity);

        var reading = Read();

        Assert.True(reading.IsOnBattery);
        Assert.Null(reading.BatteryPercent);
    }

    [Fact]
    public void Read_ThermalZones_TakesTheLowestTripPointsThatMakeSense()
    {
        Zone(0, "x86_pkg_temp", "61000", ("passive", "95000"), ("passive", "90000"), ("hot", "0"), ("hot", "99000"), ("critical", "105000"), ("active", "40000"));
        Zone(1, "acpitz", "20000", ("critical", "-273000"));
        Zone(2, "broken", "rubbish", ("critical", "100000"));
        Zone(3, "absurd", "2147483647", ("critical", "100000"));
        Zone(4, "modem", "55000", ("critical", "120000"));
        _files.Add($"{Thermal}/cooling_device0", ("type", "Fan"), ("temp", "1"));

        Assert.Equal(
            [new ThermalZone("thermal_zone0 (x86_pkg_temp)", 61, 90, 99), new ThermalZone("thermal_zone4 (modem)", 55, null, 120)],
            Read().Zones);
    }

    [Fact]
    public void Read_TripPoints_AreNotReadAtEveryLook()
    {
        Zone(0, "cpu", "61000", ("passive", "95000"), ("critical", "105000"));
        var sensors = Sensors();
        sensors.Read();
        var before = _files.Reads;
        sensors.Read();
        var again = _files.Reads - before;

        Assert.True(again < before, $"{before} reads at first, {again} afterwards");
        _files.Add($"{Thermal}/thermal_zone0", ("trip_point_0_temp", "85000"));
        for (var i = 0; i < 40; i++)
        {
            sensors.Read();
        }

        Assert.Equal(85, Assert.Single(sensors.Read().Zones).WarmTrip);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", null, null)]
    [InlineData("some avg10=1.50 avg60=0.00 avg300=0.00 total=7\nfull avg10=0.25 avg60=0.00 avg300=0.00 total=5\n", 1.5, 0.25)]
    [InlineData("some avg10=100.00 avg60", 100.0, null)]
    [InlineData("some avg10=101.00 avg60=0", null, null)]
    [InlineData("some avg10=-1 ", null, null)]
    [InlineData("some avg10=NaN ", null, null)]
    [InlineData("some avg10=1e2 ", null, null)]
    [InlineData("some avg10=", null, null)]
    [InlineData("some avg60=3.00", null, null)]
    [InlineData("fullavg10=3.00", null, null)]
    [InlineData("full avg10=3", null, 3.0)]
    public void ParsePressure_AnyText_IsReadOrNull(string? text, double? some, double? full)
        => Assert.Equal((some, full), SystemFileSensors.ParsePressure(text));

    [Theory]
    [InlineData(null, null)]
    [InlineData("max", null)]
    [InlineData("max ", null)]
    [InlineData("max x", null)]
    [InlineData("max -1", null)]
    [InlineData("max_more 3", null)]
    [InlineData("low 1\nmax 3\nmax 4", 3L)]
    [InlineData("max 99999999999999999999", null)]
    public void ParseField_AnyText_IsReadOrNull(string? text, long? expected) => Assert.Equal(expected, SystemFileSensors.ParseField(text, "max"));

    [Fact]
    public void Read_ControlGroups_TakesTheWorstShareWithoutFilePagesAndOwnEvents()
    {
        _files.Add("/proc/self", ("cgroup", "0::/app.slice/host\n"));
        Group("/app.slice/host", "max", current: "900", file: 100);
        Group("/app.slice", "1000", current: "990", file: 190);
        Group(string.Empty, "max", current: "5000", file: 0);
        _files.Add("/sys/fs/cgroup/app.slice/host", ("memory.events", "low 0\nhigh 2\nmax 3\noom 1\noom_kill 1\n"));
        _files.Add("/sys/fs/cgroup/app.slice", ("memory.events", "low 0\nhigh 50\nmax 50\n"), ("memory.events.local", "low 0\nhigh 0\nmax 4\n"));
        _files.Add("/proc/pressure", ("memory", "some avg10=3.00 x\nfull avg10=1.00 x\n"));
        _files.Add("/sys/fs/cgroup/app.slice/host", ("memory.pressure", "some avg10=2.00 x\nfull avg10=2.00 x\n"));

        Assert.Equal(
            new MemoryReading { SomePercent = 3, FullPercent = 2, GroupPercent = 80, HighEvents = 2, MaxEvents = 7, OomEvents = 2 },
            Read().Memory);
    }

    [Fact]
    public void Read_AnotherRoot_LooksThere()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sys/class/power_supply/BAT0"));
        File.WriteAllText(Path.Combine(folder.Path, "sys/class/power_supply/BAT0/type"), "Battery\n");
        File.WriteAllText(Path.Combine(folder.Path, "sys/class/power_supply/BAT0/status"), "Discharging\n");
        File.WriteAllText(Path.Combine(folder.Path, "sys/class/power_supply/BAT0/capacity"), "12\n");
        var options = new EdgeHostRuntimeOptions();
        options.Conditions.SystemRoot = folder.Path + "/";

        var reading = new SystemFileSensors(new Runtime.Models.SystemFiles(), Microsoft.Extensions.Options.Options.Create(options)).Read();

        Assert.True(reading.IsOnBattery);
        Assert.Equal(12, reading.BatteryPercent);
    }

    [Fact]
    public void Read_RealMachine_DoesNotThrow()
        => _ = new SystemFileSensors(new Runtime.Models.SystemFiles(), Microsoft.Extensions.Options.Options.Create(new EdgeHostRuntimeOptions())).Read();

    [Fact]
    public void Read_AnyTextAnywhere_NeverThrows()
    {
        Laptop("0", "Discharging", "50");
        Zone(0, "cpu", "61000", ("passive", "95000"), ("critical", "105000"));
        _files.Add("/proc/self", ("cgroup", "0::/a\n"));
        Group("/a", "1000", current: "500", file: 10);
        _files.Add("/sys/fs/cgroup/a", ("memory.events", "high 1\nmax 1\noom 0\n"), ("memory.pressure", "some avg10=1.00 avg60=0.00\n"));
        var good = _files.Texts.ToDictionary();
        var rubbish = Gen.String[Gen.Char["0123456789-.+eE \n\0maxsomefullavg=/:é"], 0, 40];
        Gen.Select(Gen.Int[0, good.Count - 1], Gen.Int[0, 40], rubbish).Array[1, 6].Sample(
            changes =>
            {
                var files = new RecordedFiles();
                foreach (var (path, text) in good)
                {
                    files.Texts[path] = text;
                }

                foreach (var (file, cut, text) in changes)
                {
                    var path = good.Keys.ElementAt(file);
                    files.Texts[path] = files.Texts[path][..Math.Min(cut, files.Texts[path].Length)] + text;
                }

                var reading = new SystemFileSensors(files, Microsoft.Extensions.Options.Options.Create(new EdgeHostRuntimeOptions())).Read();
                Assert.True(reading.BatteryPercent is null or (>= 0 and <= 100));
                Assert.True(reading.Memory.SomePercent is null or (>= 0 and <= 100));
                Assert.True(reading.Memory.GroupPercent is null or (>= 0 and <= 100));
                Assert.All(reading.Zones, zone => Assert.InRange(zone.Celsius, -150, 150));
                new ConditionRules(new ConditionOptions()).Apply(reading, TimeSpan.Zero);
            },
            iter: 5_000);
    }

    private void Laptop(string online, string status, string capacity)
        => _files
            .Add($"{Supplies}/AC", ("type", "Mains\n"), ("online", online + "\n"))
            .Add($"{Supplies}/BAT0", ("type", "Battery\n"), ("scope", "System\n"), ("present", "1\n"), ("status", status + "\n"), ("capacity", capacity + "\n"));

    private void Zone(int number, string type, string temperature, params (string Type, string Temperature)[] trips)
    {
        var folder = $"{Thermal}/thermal_zone{number}";
        _files.Add(folder, ("type", type + "\n"), ("temp", temperature + "\n"));
        for (var i = 0; i < trips.Length; i++)
        {
            _files.Add(folder, ($"trip_point_{i}_type", trips[i].Type + "\n"), ($"trip_point_{i}_temp", trips[i].Temperature + "\n"));
        }
    }

    private void Group(string path, string limit, string current, long file)
        => _files.Add(
            $"/sys/fs/cgroup{path}",
            ("memory.max", limit + "\n"),
            ("memory.high", "max\n"),
            ("memory.current", current + "\n"),
            ("memory.stat", $"anon 1\nfile {file}\ninactive_file {file}\nactive_file 0\n"));

    private SystemFileSensors Sensors() => new(_files, Microsoft.Extensions.Options.Options.Create(new EdgeHostRuntimeOptions()));

    private MachineReading Read() => Sensors().Read();
}
