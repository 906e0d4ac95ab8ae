using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotGateway.Cloud.Tests;

/// <summary>Role and options say what a process does, and what does not go together is refused by name.</summary>
public sealed class RoleTests
{
    private static readonly string[] OnAws =
    [
        "--Observations:Store", "dynamodb", "--Lake:Store", "s3", "--Lake:Bucket", "some-bucket", "--Aws:Region", "eu-west-1",
        "--Ingest:Source", "sqs", "--Queue:Url",
        "https://sqs.eu-west-1.amazonaws.com/1/q", "--Answers:Through", "iot", "--Answers:Endpoint",
        "https://a-ats.iot.eu-west-1.amazonaws.com",
    ];

    [Theory]
    [InlineData("--role is 'cook'; expected all, web, ingest, transform or forecast.", "--role", "cook")]
    [InlineData("Observations:Store is ''; expected dynamodb with --role ingest", "--role", "ingest")]
    [InlineData("Lake:Store is ''; expected s3 with --role web", "--role", "web", "--Observations:Store", "dynamodb")]
    [InlineData("Observations:Store is 'sqlite'; expected lite or dynamodb.", "--Observations:Store", "sqlite")]
    [InlineData("Observations:RetainMonths is '-1'; expected 0 to 240.", "--Observations:RetainMonths", "-1")]
    [InlineData("Observations:TablePrefix is 'a b'; expected 1 to 64 letters", "--Observations:TablePrefix", "a b")]
    [InlineData(
        "Observations:ServiceUrl is 'http://elsewhere:8000'; expected an https address, or http on this machine alone",
        "--Observations:ServiceUrl", "http://elsewhere:8000")]
    [InlineData(
        "Aws:Region is 'Dublin'; expected a region such as eu-west-1", "--Observations:Store", "dynamodb", "--Aws:Region", "Dublin")]
    [InlineData(
        "Aws:Account is '12'; expected the twelve digits of an account", "--Lake:Store", "s3", "--Lake:Bucket", "some-bucket",
        "--Aws:Region", "eu-west-1", "--Aws:Account", "12")]
    [InlineData("Lake:Bucket is 'B'; expected a bucket's name", "--Lake:Store", "s3", "--Lake:Bucket", "B")]
    [InlineData("Lake:Store is 'ftp'; expected folder or s3.", "--Lake:Store", "ftp")]
    [InlineData("Ingest:Source is 'fax'; expected broker, sqs or http.", "--Ingest:Source", "fax")]
    [InlineData("Queue:Url is ''; expected the URL of an SQS queue.", "--Ingest:Source", "sqs")]
    [InlineData(
        "Queue:VisibilitySeconds is '5'; expected 10 to 3600.", "--Ingest:Source", "sqs", "--Queue:Url", "https://sqs/1/q",
        "--Queue:VisibilitySeconds", "5")]
    [InlineData("Answers:CaFile is ''; expected a PEM file that exists.", "--Ingest:Source", "sqs", "--Queue:Url", "https://sqs/1/q")]
    [InlineData(
        "Answers:Endpoint is ''; expected the https address of the account's data endpoint", "--Ingest:Source", "sqs", "--Queue:Url",
        "https://sqs/1/q", "--Answers:Through", "iot")]
    public void WhatDoesNotGoTogetherIsRefusedByName(string expected, params string[] args)
    {
        using var folder = new TempFolder();
        var failure = Assert.Throws<ConfigurationException>(() => Build(folder, args));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIngestWorkerTakesFromTheQueueAndNothingElse()
    {
        using var folder = new TempFolder();
        await using var app = Build(folder, ["--role", "ingest", .. OnAws]).Build();

        Assert.Equal(["Answerer", "QueueWorker", "MemoryAtRest"], Rooms(app));
        Assert.IsType<DynamoObservations>(app.Services.GetRequiredService<IObservations>());
        Assert.IsType<S3Objects>(app.Services.GetRequiredService<IObjectStore>());
        Assert.NotNull(app.Services.GetRequiredService<Health>().Problem);
    }

    [Theory]
    [InlineData("web", "WeatherRefresh", "DailyRefresh", "MemoryAtRest")]
    [InlineData("transform", "WeatherRefresh", "DailyRefresh", "CuratedWriter", "LakeScrub", "MemoryAtRest")]
    [InlineData(
        "forecast", "WeatherRefresh", "DailyRefresh", "ForecastRuns", "RecordedVisitsWriter", "StateRuns", "MemoryAtRest", "RegionRuns")]
    public async Task AnotherRoleTakesNothingIn(string role, params string[] hosted)
    {
        using var folder = new TempFolder();
        await using var app = Build(folder, ["--role", role, .. OnAws]).Build();

        Assert.Equal(hosted, Rooms(app));
        Assert.Null(app.Services.GetRequiredService<Health>().Problem);
    }

    private static string[] Rooms(WebApplication app) =>
        [
            .. app.Services
                .GetServices<IHostedService>()
                .Select(s => s.GetType())
                .Where(t => t.Assembly == typeof(Role).Assembly)
                .Select(t => t.Name),
        ];

    private static WebApplicationBuilder Build(TempFolder folder, string[] args)
    {
        var builder = Composition.CreateBuilder(["--data", folder.Path, .. args]);
        var role = Role.Read(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new DataFolder(folder.Path));
        builder.AddCloud(role);
        return builder;
    }
}
