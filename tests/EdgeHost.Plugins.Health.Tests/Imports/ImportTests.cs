using System.Text;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Tests.Imports;

/// <summary><c>health.import</c>: files, and what is no file.</summary>
public class ImportTests
{
    private const string Csv = """
        time,type,value,unit,source
        2024-03-01T08:00:00+08:00,glucose,5.5,mmol/L,"Meter, old"
        1709251260000,heart_rate,61,/min,
        2024-03-01T08:02:00Z,glucose,5.5,mg/dL,meter
        """;

    private const string Apple = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE HealthData [<!ELEMENT HealthData (Record)*><!ENTITY secret SYSTEM "file:///etc/hostname">]>
        <HealthData locale="en_US">
          <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" startDate="2024-03-01 08:00:00 +0100" endDate="2024-03-01 08:00:00 +0100" value="64"/>
          <Record type="HKQuantityTypeIdentifierOxygenSaturation" sourceName="Watch" unit="%" startDate="2024-03-01 08:01:00 +0100" value="0.97"/>
          <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" startDate="2024-03-01 08:01:00 +0100" value="x"/>
          <Correlation><Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" startDate="2024-03-01 09:00:00 +0100" value="70"/></Correlation>
        </HealthData>
        """;

    private const string Fhir = """
        {"resourceType":"Bundle","entry":[
          {"resource":{"resourceType":"Observation","status":"final","effectiveDateTime":"2024-03-01T08:00:00Z","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"component":[
            {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":128,"code":"mm[Hg]"}},
            {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":79,"code":"mm[Hg]"}}]}},
          {"resource":{"resourceType":"Observation","status":"final","effectiveDateTime":"2024-03-01T08:00:00Z","code":{"coding":[{"system":"http://loinc.org","code":"15074-8"}]},"valueQuantity":{"value":5.5,"code":"mmol/L"}}},
          {"resource":{"resourceType":"Observation","status":"entered-in-error","effectiveDateTime":"2024-03-01T08:00:00Z","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueQuantity":{"value":1,"code":"/min"}}},
          {"resource":{"resourceType":"Patient"}}]}
        """;

    [Fact]
    public async Task Csv_IsKeptOnceWithItsUnitsAndFlags()
    {
        var first = await ImportAsync(ImportFormat.Csv, Csv);

        Assert.Equal((2, 0, 1), (first.Accepted, first.Duplicates, first.FlaggedCount));
        Assert.Equal((2, "swapped_unit"), (Assert.Single(first.Flagged).Index, first.Flagged[0].Reason));
    }

    [Fact]
    public async Task AppleHealth_IsStreamedAndItsDtdPassedOver()
    {
        var response = await ImportAsync(ImportFormat.AppleHealth, Apple);

        Assert.Equal((2, 0, 1), (response.Accepted, response.FlaggedCount, response.Skipped));
    }

    [Fact]
    public async Task FhirBundle_HasItsComponentsAndLeavesOutErrors()
    {
        var response = await ImportAsync(ImportFormat.Fhir, Fhir);

        Assert.Equal((3, 0, 2), (response.Accepted, response.FlaggedCount, response.Skipped));
    }

    [Theory]
    [InlineData(ImportFormat.Csv, "", "no header")]
    [InlineData(ImportFormat.Csv, "a,b\n1,2", "no 'type'")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nglucose,100,mg/dL,yesterday", "Line 2")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nglucose,100,mg/dL,2024-03-01T08:00:00", "offset")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nglucose,1e999,mg/dL,1", "no number")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\n\"glucose,1,mg/dL,1", "does not end")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nmood,1,mg/dL,1", "not known")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nglucose,1e308,mmol/L,1", "no number that can be kept")]
    [InlineData(ImportFormat.Csv, "type,value,unit,time\nheart_rate,61,/min{0123456789012345678901234567890123456789012345678901234567890123456789},1", "at most 64")]
    [InlineData(ImportFormat.AppleHealth, "<HealthData><Record", "truncated")]
    [InlineData(ImportFormat.AppleHealth, "<Other/>", "not HealthData")]
    [InlineData(ImportFormat.AppleHealth, "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><HealthData>&b;</HealthData>", "damaged")]
    [InlineData(ImportFormat.Fhir, "{\"resourceType\":\"Bundle\",\"entry\":[", "truncated")]
    [InlineData(ImportFormat.Fhir, "{\"resourceType\":\"Patient\"}", "Patient")]
    [InlineData(ImportFormat.Fhir, "[1]", "resourceType")]
    [InlineData(ImportFormat.Fhir, "{\"resourceType\":\"\\ud800\"}", "'resourceType' that is no Unicode")]
    [InlineData(ImportFormat.Fhir, "{\"\\ud800resourceType\":1}", "a name of a field")]
    [InlineData(ImportFormat.Fhir, "{\"resourceType\":\"Observation\",\"effectiveDateTime\":\"2024-03-01T08:00:00Z\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]},\"valueQuantity\":{\"value\":1e999,\"code\":\"/min\"}}", "no value")]
    public async Task WhatIsNoFile_IsAnInvalidArgumentWithItsPlace(ImportFormat format, string text, string expected)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(format, text));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportFormat.Fhir, new byte[] { (byte)'{', (byte)'"', (byte)'r', (byte)'e', (byte)'s', (byte)'o', (byte)'u', (byte)'r', (byte)'c', (byte)'e', (byte)'T', (byte)'y', (byte)'p', (byte)'e', (byte)'"', (byte)':', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}' }, "no Unicode")]
    [InlineData(ImportFormat.AppleHealth, new byte[] { 0x4C, 0x6F, 0xA7, 0x94 }, "damaged")]
    public async Task Bytes_ThatAreNoText_AreAnInvalidArgument(ImportFormat format, byte[] bytes, string expected)
    {
        await using var host = await HealthHost.StartAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(
            () => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = format, Data = bytes }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bombs_AreRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        var line = new string('a', 1_000_000);

        Assert.Contains("levels", (await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(ImportFormat.Fhir, deep))).Message, StringComparison.Ordinal);
        Assert.Contains("longer", (await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(ImportFormat.Csv, line))).Message, StringComparison.Ordinal);
        Assert.Contains("max_import_bytes", (await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(ImportFormat.Csv, line, "100000"))).Message, StringComparison.Ordinal);
    }

    private static async Task<ImportHealthResponse> ImportAsync(ImportFormat format, string text, string most = "10000000")
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_import_bytes"] = most });
        return await host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = format, Data = Encoding.UTF8.GetBytes(text) });
    }
}
