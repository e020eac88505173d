# What a stranger types first. Everything is built with the .NET SDK; `make` alone lists the targets.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help check-prereqs build demo test bench bench-java soak format format-java screenshot clean publish pack java weka-package install

PREFIX ?= /usr/local
# Extra words for `dotnet build` and `dotnet publish`, for example BUILD=-p:AemloTorch=cuda
BUILD ?=
# Maven, for the Java client.
MVN ?= mvn
export MVN
# Which benchmarks `make bench` runs.
FILTER ?= *

export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT ?= 1

CLI := src/AemloBridge.Cli
property = dotnet msbuild $(CLI) -p:Configuration=Release $(BUILD) -getProperty:$(1)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 24

check-prereqs: ## name what is missing, with the command that installs it
	@build/check-prereqs.sh

build: check-prereqs ## build everything (Release)
	dotnet build AemloBridge.sln -c Release $(BUILD)

demo: check-prereqs ## oversample a generated data set, by itself and through a server
	@dotnet build $(CLI) -c Release -v quiet $(BUILD)
	@build/demo.sh "$$($(call property,TargetDir))aemlo"

test: check-prereqs ## run every test; the last line adds them up
	@build/run-tests.sh

bench: check-prereqs ## run the benchmarks (FILTER='*Loss*' for some of them)
	dotnet run --project benchmarks/AemloBridge.Benchmarks -c Release -- --filter '$(FILTER)'

bench-java: ## measure how fast the Java client converts data sets
	build/bench-java.sh

soak: check-prereqs ## run the server's soak tests at full size (half an hour); figures go to docs/soak.md
	build/soak.sh

format: check-prereqs ## put the sources into the house style
	dotnet format AemloBridge.sln

format-java: ## put the Java client's sources into the house style
	$(MVN) -B -ntp -q -f java-client/pom.xml com.diffplug.spotless:spotless-maven-plugin:apply

screenshot: ## take docs/weka-explorer.png on a virtual display
	build/explorer-screenshot.sh

clean: ## remove what the other targets made
	find src tests benchmarks -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	find java-client -type d -name target -prune -exec rm -rf {} +
	rm -rf artifacts demo-output BenchmarkDotNet.Artifacts
	find . -name .git -prune -o -type d -name TestResults -prune -exec rm -rf {} +

publish: check-prereqs ## make artifacts/aemlo-VERSION-PLATFORM.tar.gz, which runs without .NET
	build/publish.sh $(BUILD)

pack: check-prereqs ## make artifacts/*.nupkg: dotnet tool install aemlo -g --add-source artifacts
	rm -f artifacts/*.nupkg
	dotnet pack $(CLI) -c Release -o artifacts $(BUILD)

java: ## make artifacts/java/*.jar for a class path, and install them for Maven builds on this machine
	$(MVN) -B -ntp -q -f java-client/pom.xml install -DskipTests
	rm -rf artifacts/java
	mkdir -p artifacts/java
	for module in client instances mulan weka; do cp java-client/aemlo-$$module/target/aemlo-$$module-[0-9]*.jar artifacts/java/; done

weka-package: ## make artifacts/aemlo-VERSION-weka-package.zip for Weka's package manager
	$(MVN) -B -ntp -q -f java-client/pom.xml -pl aemlo-weka -am package -DskipTests
	mkdir -p artifacts
	cp java-client/aemlo-weka/target/aemlo-*-weka-package.zip artifacts/

install: ## install aemlo, published anew when sources changed, under PREFIX (/usr/local)
	build/install.sh "$(DESTDIR)$(PREFIX)" $(BUILD)
