// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>What the local server refuses, or can't do, as whoever asked is told it: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static Failure NoHost { get; } = new("wrong-host", "the request does not say which host it is for", "send a Host header");

    public static Failure ForeignOrigin { get; } = new("foreign-origin", "a page of another origin asked for this", "ask from a page of this service, or as a program without the header Origin");

    public static Failure TokenWanted { get; } = new("token-wanted", "who asks must say the token of this service", "'spindle serve' prints the address that signs in; programs send 'Authorization: Bearer TOKEN'");

    public static Failure TokenWrong { get; } = new("token-wrong", "that is not the token of this service", "'spindle serve' prints it, or says in which file it stands");

    public static Failure TooManyTokens { get; } = new("too-many-wrong-tokens", "too many wrong tokens came within a minute", "wait a minute");

    public static Failure NoSuchPlace { get; } = new("no-such-place", "there is nothing at this address", "docs/formats/openapi.json tells which addresses there are");

    public static Failure WrongMethod { get; } = new("wrong-method", "this address does not know that method", "the header Allow tells which ones it knows");

    public static Failure TooLarge { get; } = new("request-too-large", "the request is larger than this address takes", "1 MiB is the most, if the address says nothing else");

    public static Failure BadRequest { get; } = new("bad-request", "this is no request in HTTP that can be understood", "check the program that sent it");

    public static Failure Unexpected { get; } = new("internal-error", "an error in spindle itself kept it from answering", "what it was stands where 'spindle serve' writes its messages; please report it");

    public static Failure Going { get; } = new("service-stopping", "the service is being stopped", "ask again when it is back");

    public static Failure WrongHost(string host) => new("wrong-host", $"this service is not called {host}", "'spindle serve --allow-host NAME' lets it answer to another name");

    public static Failure NotJson(string? type) => new("wrong-media-type", $"the body is {type ?? "of a media type that is not said"}, and not JSON", "send 'Content-Type: application/json'");

    public static OperationFailedException NoForm(string? type) => new(
        new("wrong-media-type", $"the body is {type ?? "of a media type that is not said"}, and not what a form posts", "send 'Content-Type: application/x-www-form-urlencoded'"));

    public static OperationFailedException PortTaken(string address, Exception cause) => new(
        new("port-taken", $"another program listens on {address} already", "end it, or choose another port: --urls http://127.0.0.1:8081"), cause);

    public static OperationFailedException PortDenied(string address, Exception cause) => new(
        new("port-denied", $"this user may not listen on {address}", "choose a port above 1023: --urls http://127.0.0.1:8080"), cause);

    public static OperationFailedException AddressUnusable(string address, Exception cause) => new(
        new("address-unusable", $"this machine cannot listen on {address}: {cause.Message}", "choose an address that this machine has"), cause);

    public static OperationFailedException NoAddress(string url, string why) => new(new("usage", $"{url} is no address to listen on: {why}", "such as http://127.0.0.1:8080"));

    public static OperationFailedException NameWanted(string url) => new(new(
        "usage", $"{url} is for every network of this machine: say by which name others call it", "--allow-host archive.example; may be given several times"));

    public static OperationFailedException NoTokenOutside(string url) => new(new(
        "usage", $"--no-token is for this machine alone, and {url} can be reached from others", "leave --no-token out, or listen on 127.0.0.1"));

    public static OperationFailedException NoBasePath(string path) => new(new("usage", $"{path} is no base path", "such as /spindle: it begins with a slash, and has no empty part"));

    public static OperationFailedException NoHostName(string name) => new(new("usage", $"{name} is no name of a host", "such as archive.example, without a port"));

    public static OperationFailedException TokenUnusable(string path, string why, Exception? cause = null) => new(
        new("token-unusable", $"the token in {path} can't be used: {why}", "remove the file: a new one is drawn"), cause);
}
